// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Links;

/// <summary>What may be done with memory; the values are the kernel's.</summary>
[Flags]
public enum MemoryAccess
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>It is read.</summary>
    Read = 1,

    /// <summary>It is written.</summary>
    Write = 2,

    /// <summary>It is run as code.</summary>
    Execute = 4,
}
