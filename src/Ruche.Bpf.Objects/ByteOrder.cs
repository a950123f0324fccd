// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Objects;

/// <summary>The byte order of an image.</summary>
public enum ByteOrder
{
    /// <summary>Least significant byte first (x86, arm64, riscv).</summary>
    Little,

    /// <summary>Most significant byte first (s390x).</summary>
    Big,
}
