// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Compiler.Ir;

/// <summary>How a value becomes one of another type.</summary>
public enum Conversion
{
    /// <summary>Only the low bits stay.</summary>
    Truncate,

    /// <summary>Zeros are put above.</summary>
    ZeroExtend,

    /// <summary>Copies of the sign are put above.</summary>
    SignExtend,

    /// <summary>The same bits are seen as another type of the same width: a number as an address, an address as one in another space.</summary>
    Reinterpret,
}
