// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Objects.Btf;

/// <summary>How an integer is meant.</summary>
[Flags]
public enum IntEncoding : byte
{
    /// <summary>Unsigned.</summary>
    None = 0,

    /// <summary>Two's complement.</summary>
    Signed = 1,

    /// <summary>A character.</summary>
    Char = 2,

    /// <summary>A truth value.</summary>
    Bool = 4,
}
