// SPDX-License-Identifier: MIT
using System.Text;

namespace Ruche.Cli.Output;

/// <summary>Lays rows of cells out in aligned columns: the first row is the head, numbers go to the right.</summary>
internal static class Columns
{
    /// <summary>The widest cell shown in full.</summary>
    public const int WidestCell = 100;

    /// <summary>Writes one line a row, each starting with <paramref name="indent"/>.</summary>
    public static void Write(StringBuilder output, string indent, IReadOnlyList<string[]> rows)
    {
        if (rows.Count == 0) return;
        int[] widths = Widths(rows);
        bool[] numeric = [.. widths.Select((_, column) => rows.Skip(1).All(row => IsNumber(row[column])))];
        foreach (string[] row in rows)
        {
            int start = output.Length;
            output.Append(indent);
            for (int column = 0; column < row.Length; column++)
            {
                if (column > 0) output.Append("  ");
                AppendCell(output, row[column], widths[column], numeric[column]);
            }

            TrimEnd(output, start);
            output.Append('\n');
        }
    }

    private static int[] Widths(IReadOnlyList<string[]> rows)
    {
        int[] widths = new int[rows[0].Length];
        foreach (string[] row in rows)
        {
            for (int column = 0; column < widths.Length; column++) widths[column] = Math.Max(widths[column], Math.Min(row[column].Length, WidestCell));
        }

        return widths;
    }

    private static void AppendCell(StringBuilder output, string cell, int width, bool toTheRight)
    {
        if (cell.Length > WidestCell) cell = string.Concat(cell.AsSpan(0, WidestCell - 1), "…");
        output.Append(toTheRight ? cell.PadLeft(width) : cell.PadRight(width));
    }

    private static void TrimEnd(StringBuilder output, int start)
    {
        while (output.Length > start && output[^1] == ' ') output.Length--;
    }

    private static bool IsNumber(string cell) => cell.Length > 0 && cell.All(c => char.IsAsciiDigit(c) || c is '-' or ',' or '.');
}
