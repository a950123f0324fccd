// SPDX-License-Identifier: MIT
using System.Globalization;
using System.Text;

namespace Ruche.Symbols.Tests.Unwinding;

/// <summary>The rows of <c>.eh_frame</c> as readelf shows them.</summary>
internal static class ReadelfFrames
{
    /// <summary>One row: what readelf writes for the CFA, the caller's frame pointer and the return address.</summary>
    public sealed record Row(uint Start, uint FunctionEnd, string Cfa, string Frame, string Return);

    public static List<Row> Of(string path)
    {
        List<Row> rows = [];
        Dictionary<string, Row> commons = [];
        string[] columns = [];
        string common = "";
        (uint Start, uint End)? function = null;

        // A function that changes nothing is as what it has in common with others, and has no rows of its own.
        void EndFunction()
        {
            if (function is { } ended && (rows.Count == 0 || rows[^1].FunctionEnd != ended.End)) rows.Add(commons[common] with { Start = ended.Start, FunctionEnd = ended.End });
            function = null;
        }

        foreach (string line in Encoding.UTF8.GetString(Tool.Run("readelf", ["--debug-dump=frames-interp,no-follow-links", "-W", path])).Split('\n'))
        {
            // A register's name behind its number belongs to it.
            string[] words = line.Replace(" (", "(", StringComparison.Ordinal).Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (line.StartsWith("Contents of the .debug_frame", StringComparison.Ordinal)) break;
            if (words is [_, _, _, "CIE" or "FDE", ..])
            {
                EndFunction();
                common = words[3] == "CIE" ? words[0] : words[4].Split('=')[1];
                if (words[3] == "FDE" && words[5]["pc=".Length..].Split("..") is [var start, var end]) function = (Hex(start), Hex(end));
            }
            else if (words is ["LOC", ..])
            {
                columns = words;
            }
            else if (words.Length == columns.Length && words is [{ Length: 16 } place, ..])
            {
                string At(string column) => Array.IndexOf(columns, column) is var i and >= 0 ? words[i] : "u";
                Row row = new(Hex(place), function?.End ?? 0, At("CFA"), At("rbp"), At("ra"));
                if (function is null) commons[common] = row;
                else rows.Add(row);
            }
        }

        EndFunction();
        return rows;
    }

    private static uint Hex(string text) => uint.Parse(text, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
}
