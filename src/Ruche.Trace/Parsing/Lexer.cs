// SPDX-License-Identifier: MIT
using Ruche.Trace.Syntax;

namespace Ruche.Trace.Parsing;

/// <summary>
/// Reads single tokens. It keeps no state and reports nothing, so that one may look ahead freely, and attach points, which have a
/// syntax of their own, can be read from the same text.
/// </summary>
internal static class Lexer
{
    // Longer ones first: what is tried first wins.
    private static readonly string[] LongSymbols =
    [
        "<<=", ">>=", "++", "--", "->", "..", "==", "!=", "<=", ">=", "&&", "||", "<<", ">>",
        "+=", "-=", "*=", "/=", "%=", "&=", "|=", "^=",
    ];

    private const string ShortSymbols = "+-*/%&|^!~<>=?:;,.(){}[]#";

    /// <summary>The first token at or after a position.</summary>
    public static Token Read(string text, int position)
    {
        int start = Trivia.Skip(text, position);
        if (start == text.Length) return new(TokenKind.End, "", new(start, 0));
        char c = text[start];
        if (StartsWord(c)) return Take(TokenKind.Word, text, start, WordEnd(text, start));
        if (char.IsAsciiDigit(c)) return Take(TokenKind.Number, text, start, WordEnd(text, start));
        return c switch
        {
            '"' => Take(TokenKind.String, text, start, StringEnd(text, start)),
            '@' => Take(TokenKind.Map, text, start, NameEnd(text, start + 1)),
            '$' => Variable(text, start),
            _ => Symbol(text, start),
        };
    }

    public static bool StartsWord(char c) => char.IsAsciiLetter(c) || c == '_';

    public static int WordEnd(string text, int at)
    {
        while (at < text.Length && (StartsWord(text[at]) || char.IsAsciiDigit(text[at]))) at++;
        return at;
    }

    /// <summary>Behind the closing quote, or where the line ends without one.</summary>
    public static int StringEnd(string text, int start)
    {
        int at = start + 1;
        while (at < text.Length && text[at] is not ('"' or '\n' or '\r'))
        {
            at += text[at] == '\\' && at + 1 < text.Length && text[at + 1] is not ('\n' or '\r') ? 2 : 1;
        }

        return at < text.Length && text[at] == '"' ? at + 1 : at;
    }

    private static int NameEnd(string text, int at) => at < text.Length && StartsWord(text[at]) ? WordEnd(text, at) : at;

    private static Token Variable(string text, int start)
    {
        if (start + 1 < text.Length && text[start + 1] == '#') return Take(TokenKind.Variable, text, start, start + 2);
        int end = WordEnd(text, start + 1);
        return Take(end == start + 1 ? TokenKind.Unknown : TokenKind.Variable, text, start, end);
    }

    private static Token Symbol(string text, int start)
    {
        foreach (string symbol in LongSymbols)
        {
            if (string.CompareOrdinal(text, start, symbol, 0, symbol.Length) == 0)
                return new(TokenKind.Symbol, symbol, new(start, symbol.Length));
        }

        if (ShortSymbols.Contains(text[start])) return Take(TokenKind.Symbol, text, start, start + 1);
        bool isPair = char.IsHighSurrogate(text[start]) && start + 1 < text.Length && char.IsLowSurrogate(text[start + 1]);
        return Take(TokenKind.Unknown, text, start, start + (isPair ? 2 : 1));
    }

    private static Token Take(TokenKind kind, string text, int start, int end) => new(kind, text[start..end], SourceSpan.Between(start, end));
}
