// SPDX-License-Identifier: MIT
using System.Globalization;
using System.Text;

namespace Ruche.Cli.Output;

/// <summary>Text as a terminal shows it: in cells, of which some characters take two and others none.</summary>
internal static class CellText
{
    private const string Mark = "…";

    /// <summary>How many cells <paramref name="text"/> takes.</summary>
    public static int Width(string text)
    {
        int width = 0;
        foreach (Rune rune in text.EnumerateRunes()) width += Width(rune);
        return width;
    }

    /// <summary>The beginning of <paramref name="text"/> that fits, with a mark where it was cut.</summary>
    public static string Cut(string text, int width)
    {
        if (Width(text) <= width) return text;
        int taken = 0, end = 0;
        foreach (Rune rune in text.EnumerateRunes())
        {
            if (taken + Width(rune) > width - 1) break;
            taken += Width(rune);
            end += rune.Utf16SequenceLength;
        }

        return text[..end] + Mark;
    }

    /// <summary>Adds <paramref name="text"/> in as many lines as it needs, broken between words; a word longer than a line is cut.</summary>
    public static void Wrap(List<string> lines, string text, int width)
    {
        StringBuilder line = new();
        int used = 0;
        for (int at = 0; at < text.Length;)
        {
            int end = at + 1;
            while (end < text.Length && char.IsWhiteSpace(text[end]) == char.IsWhiteSpace(text[at])) end++;
            string word = Cut(text[at..end], width);
            bool isGap = char.IsWhiteSpace(text[at]);
            at = end;
            if (used + Width(word) > width)
            {
                lines.Add(line.ToString());
                line.Clear();
                used = 0;
                if (isGap) continue;
            }

            line.Append(word);
            used += Width(word);
        }

        lines.Add(line.ToString());
    }

    private static int Width(Rune rune) =>
        Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark or UnicodeCategory.Format ? 0
        : IsWide(rune.Value) ? 2
        : 1;

    // The blocks of East Asian writing and of emoji.
    private static bool IsWide(int value) =>
        value is >= 0x1100 and <= 0x115f or >= 0x2e80 and <= 0x303e or >= 0x3041 and <= 0xa4cf or >= 0xac00 and <= 0xd7a3
            or >= 0xf900 and <= 0xfaff or >= 0xfe30 and <= 0xfe6f or >= 0xff00 and <= 0xff60 or >= 0xffe0 and <= 0xffe6
            or >= 0x1f300 and <= 0x1f64f or >= 0x1f900 and <= 0x1f9ff or >= 0x20000 and <= 0x3fffd;
}
