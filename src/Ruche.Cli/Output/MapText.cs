// SPDX-License-Identifier: MIT
using System.Globalization;
using System.Text;
using Ruche.Cli.Live;

namespace Ruche.Cli.Output;

/// <summary>Renders what a map holds as lines of text.</summary>
internal static class MapText
{
    private const string Indent = "  ";

    /// <summary>A heading and a table or histogram; at most <paramref name="top"/> entries, the rest counted.</summary>
    public static void Write(StringBuilder output, MapSnapshot map, int top)
    {
        output.Append(CultureInfo.InvariantCulture, $"{map.Map} ({Describe(map)})\n");
        WriteBody(output, map, top);
    }

    /// <summary>The table or histogram alone.</summary>
    public static void WriteBody(StringBuilder output, MapSnapshot map, int top)
    {
        if (HistogramShape.Find(map) is { } histograms) WriteHistograms(output, histograms, top);
        else WriteRows(output, map, top);
    }

    /// <summary>How much is in the map.</summary>
    public static string Describe(MapSnapshot map) => map.Rows.Length == 1 ? "1 entry" : $"{map.Rows.Length} entries";

    private static void WriteHistograms(StringBuilder output, IReadOnlyList<(string? Label, ulong[] Slots)> histograms, int top)
    {
        foreach ((string? label, ulong[] slots) in histograms.Take(top))
        {
            if (label is not null) output.Append(Indent).Append(label).Append('\n');
            LogHistogram.Write(output, Indent, slots);
        }

        WriteRest(output, histograms.Count - top);
    }

    private static void WriteRows(StringBuilder output, MapSnapshot map, int top)
    {
        if (map.Rows.IsEmpty) return;
        List<string[]> table = [Head(map.Rows[0])];
        foreach (MapRow row in map.Rows.Take(top)) table.Add(Cells(row));
        if (table.TrueForAll(row => row.Length == table[0].Length)) Columns.Write(output, Indent, table);
        else foreach (MapRow row in map.Rows.Take(top)) output.Append(Indent).Append(row.Key).Append(": ").Append(row.Value).Append('\n');
        WriteRest(output, map.Rows.Length - top);
    }

    private static void WriteRest(StringBuilder output, int rest)
    {
        if (rest > 0) output.Append(Indent).Append(CultureInfo.InvariantCulture, $"… and {rest} more\n");
    }

    private static string[] Head(MapRow row) =>
    [
        .. ValueFields.Of(row.Key, "key").Select(field => field.Name),
        .. ValueFields.Of(row.Value, row.PerCpu.IsEmpty ? "value" : "sum").Select(field => field.Name),
        .. row.PerCpu.Select((_, cpu) => $"cpu{cpu}"),
    ];

    private static string[] Cells(MapRow row) =>
    [
        .. ValueFields.Of(row.Key, "").Select(field => ValueFields.Short(field.Value)),
        .. ValueFields.Of(row.Value, "").Select(field => ValueFields.Short(field.Value)),
        .. row.PerCpu.Select(ValueFields.Short),
    ];
}
