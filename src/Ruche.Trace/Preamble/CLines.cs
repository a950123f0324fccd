// SPDX-License-Identifier: MIT
using System.Text;
using Ruche.Trace.Parsing;

namespace Ruche.Trace.Preamble;

/// <summary>Text of C as its preprocessor sees it.</summary>
internal static class CLines
{
    /// <summary>The text without comments, each a blank, and with lines that a backslash continues put together.</summary>
    public static string Plain(string text)
    {
        StringBuilder plain = new(text.Length);
        for (int at = 0; at < text.Length;)
        {
            int end = at + 1;
            if (text[at] == '"') end = Lexer.StringEnd(text, at);
            else if (Trivia.StartsComment(text, at)) end = Trivia.CommentEnd(text, at);
            else if (text[at] == '\\' && at + 1 < text.Length && text[at + 1] is '\n' or '\r') end = text.IndexOf('\n', at) is >= 0 and var line ? line + 1 : text.Length;
            if (Trivia.StartsComment(text, at)) plain.Append(' ');
            else if (text[at] != '\\' || end == at + 1) plain.Append(text, at, end - at);
            at = end;
        }

        return plain.ToString();
    }
}
