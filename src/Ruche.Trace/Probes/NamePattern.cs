// SPDX-License-Identifier: MIT
namespace Ruche.Trace.Probes;

/// <summary>A name with wildcards: <c>*</c> stands for any text, <c>?</c> for a character, <c>[a-z]</c> for one of several, <c>[!a-z]</c> for any other.</summary>
internal sealed class NamePattern(string text)
{
    /// <summary>The pattern as written.</summary>
    public string Text { get; } = text;

    /// <summary>How all names that match begin.</summary>
    public string Start { get; } = text[..(text.AsSpan().IndexOfAny('*', '?', '[') is var wild and >= 0 ? wild : text.Length)];

    /// <summary>Whether a text has wildcards, and so is no name. A bracket alone is a character.</summary>
    public static bool IsWild(string text) =>
        text.AsSpan().IndexOfAny('*', '?') >= 0 || (text.IndexOf('[', StringComparison.Ordinal) is var open and >= 0 && ClassEnd(text, open) > 0);

    public bool Matches(ReadOnlySpan<char> name)
    {
        int at = 0, from = 0, afterStar = -1, retry = 0;
        while (from < name.Length)
        {
            if (at < Text.Length && Text[at] == '*')
            {
                afterStar = ++at;
                retry = from;
            }
            else if (MatchesOne(name[from], ref at))
            {
                from++;
            }
            else if (afterStar >= 0)
            {
                // The last star takes one character more.
                at = afterStar;
                from = ++retry;
            }
            else
            {
                return false;
            }
        }

        while (at < Text.Length && Text[at] == '*') at++;
        return at == Text.Length;
    }

    /// <summary>Whether a character is what stands in the pattern, which is passed over then.</summary>
    private bool MatchesOne(char c, ref int at)
    {
        if (at >= Text.Length) return false;
        int end = Text[at] == '[' ? ClassEnd(Text, at) : 0;
        bool matches = end > 0 ? IsInClass(Text.AsSpan(at + 1, end - at - 1), c) : Text[at] == '?' || Text[at] == c;
        if (matches) at = Math.Max(end, at) + 1;
        return matches;
    }

    /// <summary>Where the bracket closes, with at least a character before it; 0 when it does not.</summary>
    private static int ClassEnd(string text, int open)
    {
        int first = open + 1 < text.Length && text[open + 1] == '!' ? open + 2 : open + 1;
        return first + 1 < text.Length ? Math.Max(0, text.IndexOf(']', first + 1)) : 0;
    }

    private static bool IsInClass(ReadOnlySpan<char> members, char c)
    {
        bool isInverted = members.Length > 1 && members[0] == '!';
        if (isInverted) members = members[1..];
        for (int i = 0; i < members.Length; i++)
        {
            bool isRange = i + 2 < members.Length && members[i + 1] == '-';
            if (isRange ? c >= members[i] && c <= members[i + 2] : c == members[i]) return !isInverted;
            if (isRange) i += 2;
        }

        return isInverted;
    }
}
