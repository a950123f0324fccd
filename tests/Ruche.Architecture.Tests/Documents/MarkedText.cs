// SPDX-License-Identifier: MIT
using System.Text;

namespace Ruche.Architecture.Tests.Documents;

/// <summary>Text with places that are filled in: <c>&lt;!-- kind: argument --&gt;</c> to <c>&lt;!-- end --&gt;</c>.</summary>
internal static class MarkedText
{
    private const string Open = "<!-- ";
    private const string Close = " -->";
    private const string End = "<!-- end -->";

    /// <summary>
    /// Replaces what stands in each place. A place without an end gets one; a marker for which there is no contents stays as it is.
    /// </summary>
    public static string Fill(string text, Func<string, string, string?> contents)
    {
        StringBuilder filled = new();
        string[] lines = text.Split('\n');
        for (int i = 0; i < lines.Length; i++)
        {
            filled.Append(lines[i]).Append(i + 1 < lines.Length ? "\n" : "");
            if (!lines[i].StartsWith(Open, StringComparison.Ordinal) || !lines[i].EndsWith(Close, StringComparison.Ordinal)) continue;
            string[] marker = lines[i][Open.Length..^Close.Length].Split(": ", 2);
            if (contents(marker[0], marker.ElementAtOrDefault(1) ?? "") is not { } inside) continue;
            filled.Append(inside).Append(End).Append('\n');
            i = EndOf(lines, i);
        }

        return filled.ToString();
    }

    /// <summary>The line of the place's end; without one before the next marker, the place is empty.</summary>
    private static int EndOf(string[] lines, int marker)
    {
        for (int i = marker + 1; i < lines.Length && (lines[i] == End || !lines[i].StartsWith(Open, StringComparison.Ordinal)); i++)
        {
            if (lines[i] == End) return i;
        }

        return marker;
    }
}
