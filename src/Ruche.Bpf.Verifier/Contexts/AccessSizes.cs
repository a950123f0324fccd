// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Verifier.Contexts;

/// <summary>How many bytes an access may have; each bit is the number of bytes that it stands for.</summary>
[Flags]
internal enum AccessSizes : byte
{
    /// <summary>As many as one element of the field has.</summary>
    Element = 0,

    /// <summary>One byte.</summary>
    Byte = 1,

    /// <summary>Two bytes.</summary>
    Half = 2,

    /// <summary>Four bytes.</summary>
    Word = 4,

    /// <summary>Eight bytes.</summary>
    Double = 8,

    /// <summary>At most two bytes: a part of a field of two.</summary>
    UpToHalf = Byte | Half,

    /// <summary>At most four bytes: a part of a field of four.</summary>
    UpToWord = UpToHalf | Word,

    /// <summary>Anything.</summary>
    Any = UpToWord | Double,
}
