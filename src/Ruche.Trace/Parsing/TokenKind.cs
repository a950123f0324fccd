// SPDX-License-Identifier: MIT
namespace Ruche.Trace.Parsing;

/// <summary>What a token is.</summary>
internal enum TokenKind
{
    /// <summary>The end of the script.</summary>
    End,

    /// <summary>A name or a keyword.</summary>
    Word,

    /// <summary><c>$name</c>, <c>$1</c> or <c>$#</c>.</summary>
    Variable,

    /// <summary><c>@name</c>, or <c>@</c> alone.</summary>
    Map,

    /// <summary>Digits and the letters after them, not yet checked.</summary>
    Number,

    /// <summary>A string with its quotes, not yet checked; the last one is missing when the line ends first.</summary>
    String,

    /// <summary>An operator or punctuation.</summary>
    Symbol,

    /// <summary>A character that begins nothing.</summary>
    Unknown,
}
