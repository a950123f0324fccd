// SPDX-License-Identifier: MIT
using Ruche.Trace.Syntax;

namespace Ruche.Trace.Parsing;

/// <summary>One token of a script, as written.</summary>
internal readonly record struct Token(TokenKind Kind, string Text, SourceSpan Span)
{
    private const int LongestShown = 40;

    /// <summary>How messages name it.</summary>
    public string Shown => Kind switch
    {
        TokenKind.End => "the end of the script",
        TokenKind.String when Text.Length > LongestShown => "a string",
        _ when Text.Length > LongestShown => $"'{Text[..LongestShown]}…'",
        _ => $"'{Text}'",
    };

    public bool IsSymbol(string text) => Kind is TokenKind.Symbol && Text == text;

    public bool IsWord(string text) => Kind is TokenKind.Word && Text == text;

    /// <summary>Whether it stands directly after another, without a blank or a comment.</summary>
    public bool Follows(Token other) => Span.Start == other.Span.End;
}
