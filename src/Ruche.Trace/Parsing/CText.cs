// SPDX-License-Identifier: MIT
namespace Ruche.Trace.Parsing;

/// <summary>Finds where C in front of the probes ends; what it says is read elsewhere.</summary>
internal static class CText
{
    public static bool StartsType(Token token) => token.IsWord("struct") || token.IsWord("union") || token.IsWord("enum");

    /// <summary>
    /// The end of the line of a directive: not inside a comment, and not after a backslash, unless that is the last line; null when a
    /// comment in it does not end.
    /// </summary>
    public static int? DirectiveEnd(string text, int start)
    {
        int at = start;
        while (at < text.Length && text[at] != '\n')
        {
            if (text[at] == '"') at = Lexer.StringEnd(text, at);
            else if (Trivia.StartsComment(text, at))
            {
                int comment = at;
                at = Trivia.CommentEnd(text, at);
                if (!Trivia.IsClosed(text.AsSpan(comment, at - comment))) return null;
            }
            else if (ContinuesLine(text, at)) at = text.IndexOf('\n', at) + 1;
            else at++;
        }

        return at > start && at < text.Length && text[at - 1] == '\r' ? at - 1 : at;
    }

    /// <summary>
    /// Behind a type that starts with its keyword: its braces, what stands between them and a semicolon on the same line, such as
    /// attributes, and that semicolon; null when a brace stays open.
    /// </summary>
    public static int? TypeEnd(string text, int start)
    {
        int depth = 0;
        for (var token = Lexer.Read(text, start); token.Kind is not TokenKind.End; token = Lexer.Read(text, token.Span.End))
        {
            if (token.IsSymbol("{")) depth++;
            if (token.IsSymbol("}")) depth--;
            if (depth > 0) continue;
            if (token.IsSymbol(";")) return token.Span.End;
            if (token.IsSymbol("}")) return AfterBrace(text, token);
        }

        return null;
    }

    /// <summary>Attributes and a semicolon belong to the type before them; anything else is the next declaration.</summary>
    private static int AfterBrace(string text, Token brace)
    {
        int end = brace.Span.End, depth = 0;
        for (var token = Lexer.Read(text, end); token.Kind is not TokenKind.End; token = Lexer.Read(text, token.Span.End))
        {
            if (depth == 0 && token.IsSymbol(";")) return token.Span.End;
            if (depth == 0 && !token.IsWord("__attribute__") && !token.IsSymbol("(")) break;
            if (token.IsSymbol("(")) depth++;
            if (token.IsSymbol(")")) depth--;
            if (depth == 0 && token.IsSymbol(")")) end = token.Span.End;
        }

        return end;
    }

    private static bool ContinuesLine(string text, int at)
    {
        var rest = text.AsSpan(at);
        return (rest.StartsWith("\\\n", StringComparison.Ordinal) && rest.Length > 2)
            || (rest.StartsWith("\\\r\n", StringComparison.Ordinal) && rest.Length > 3);
    }
}
