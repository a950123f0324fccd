// SPDX-License-Identifier: MIT
using Ruche.Trace.Syntax;

namespace Ruche.Trace.Parsing;

/// <summary>What stands between tokens: blanks and comments, as in C.</summary>
internal static class Trivia
{
    /// <summary>Where the next token begins.</summary>
    public static int Skip(string text, int at)
    {
        while (at < text.Length)
        {
            if (char.IsWhiteSpace(text[at])) at++;
            else if (StartsComment(text, at)) at = CommentEnd(text, at);
            else break;
        }

        return at;
    }

    /// <summary>The comments of a stretch that holds nothing else but blanks.</summary>
    public static IEnumerable<SourceSpan> Comments(string text, int start, int end)
    {
        for (int at = start; at < end;)
        {
            if (!StartsComment(text, at))
            {
                at++;
                continue;
            }

            int commentEnd = CommentEnd(text, at);
            yield return SourceSpan.Between(at, commentEnd);
            at = commentEnd;
        }
    }

    public static bool StartsComment(string text, int at) =>
        text[at] == '/' && at + 1 < text.Length && text[at + 1] is '/' or '*';

    /// <summary>Whether a comment that <see cref="Comments"/> found is closed; one that ends with its line always is.</summary>
    public static bool IsClosed(ReadOnlySpan<char> comment) =>
        comment[1] == '/' || (comment.Length >= 4 && comment.EndsWith("*/", StringComparison.Ordinal));

    public static int CommentEnd(string text, int start)
    {
        if (text[start + 1] == '/') return LineEnd(text, start);
        int end = text.IndexOf("*/", start + 2, StringComparison.Ordinal);
        return end < 0 ? text.Length : end + 2;
    }

    public static int LineEnd(string text, int at) => text.IndexOf('\n', at) is >= 0 and var end ? end : text.Length;
}
