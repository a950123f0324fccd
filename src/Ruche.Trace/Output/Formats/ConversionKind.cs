// SPDX-License-Identifier: MIT
namespace Ruche.Trace.Output.Formats;

/// <summary>What a conversion of a format makes of its argument.</summary>
internal enum ConversionKind
{
    /// <summary><c>%d</c>, <c>%i</c></summary>
    Signed,

    /// <summary><c>%u</c></summary>
    Unsigned,

    /// <summary><c>%o</c></summary>
    Octal,

    /// <summary><c>%x</c></summary>
    Hex,

    /// <summary><c>%X</c></summary>
    UpperHex,

    /// <summary><c>%c</c></summary>
    Character,

    /// <summary><c>%p</c></summary>
    Pointer,

    /// <summary><c>%s</c></summary>
    Value,

    /// <summary><c>%r</c>: bytes as text, and escapes for those that are none</summary>
    Bytes,

    /// <summary><c>%rh</c>: two digits a byte, with blanks between</summary>
    HexBytes,

    /// <summary><c>%rx</c>: an escape for each byte</summary>
    EscapedBytes,
}
