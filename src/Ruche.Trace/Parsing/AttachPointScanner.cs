// SPDX-License-Identifier: MIT
using System.Collections.Immutable;
using System.Text;
using Ruche.Trace.Syntax;

namespace Ruche.Trace.Parsing;

/// <summary>
/// Reads an attach point, which tokens do not fit: paths have slashes, wildcards stars. It ends at a blank, a comma or a brace outside
/// quotes, and at a slash that begins the predicate rather than a directory.
/// </summary>
internal static class AttachPointScanner
{
    public static AttachPoint Scan(string text, int start)
    {
        var parts = ImmutableArray.CreateBuilder<AttachPointPart>();
        int partStart = start, at = start;
        while (at < text.Length && !Ends(text, at, partStart))
        {
            if (text[at] == ':')
            {
                parts.Add(Part(text, partStart, at));
                partStart = at + 1;
            }

            at = text[at] == '"' ? Lexer.StringEnd(text, at) : at + 1;
        }

        parts.Add(Part(text, partStart, at));
        return new(SourceSpan.Between(start, at), parts.ToImmutable());
    }

    private static bool Ends(string text, int at, int partStart) =>
        text[at] is ',' or '{' or '}' or ';' || char.IsWhiteSpace(text[at]) || (text[at] == '/' && !IsInPath(text, at, partStart));

    // A part that begins with a slash is a path; any other slash is one of a path when another part follows.
    private static bool IsInPath(string text, int at, int partStart)
    {
        if (partStart > 0 && text[partStart - 1] == ':' && text[partStart] == '/') return true;
        for (int i = at; i < text.Length && !char.IsWhiteSpace(text[i]) && text[i] is not (',' or '{' or '"'); i++)
        {
            if (text[i] == ':') return true;
        }

        return false;
    }

    private static AttachPointPart Part(string text, int start, int end)
    {
        string spelling = text[start..end];
        StringBuilder meant = new(spelling.Length);
        bool isQuoted = false;
        for (int i = 0; i < spelling.Length; i++)
        {
            if (spelling[i] == '"') isQuoted = !isQuoted;
            else if (isQuoted && spelling[i] == '\\' && i + 1 < spelling.Length) meant.Append(spelling[++i]);
            else meant.Append(spelling[i]);
        }

        return new(SourceSpan.Between(start, end), meant.ToString(), spelling, IsClosed: !isQuoted);
    }
}
