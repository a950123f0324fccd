// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Kernel;

/// <summary>What a BPF file descriptor or pin stands for.</summary>
public enum KernelObjectKind
{
    /// <summary>Something else.</summary>
    Unknown,

    /// <summary>A map.</summary>
    Map,

    /// <summary>A program.</summary>
    Program,

    /// <summary>A link: an attachment.</summary>
    Link,

    /// <summary>A set of types.</summary>
    Btf,
}
