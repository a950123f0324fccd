// SPDX-License-Identifier: MIT
using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Ruche.Bpf.Objects.Uapi;
using Ruche.Cli.Live;

namespace Ruche.Cli.Output;

/// <summary>Renders what a map holds as lines of text.</summary>
internal static class MapText
{
    private const string Indent = "  ";

    // An array always has all its entries: of a longer one, those that are zero say nothing.
    private const int LongArray = 8;

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
    public static string Describe(MapSnapshot map)
    {
        int shown = RowsToShow(map).Length;
        string entries = map.Rows.Length == 1 ? "1 entry" : $"{map.Rows.Length} entries";
        return shown == map.Rows.Length || HistogramShape.Find(map) is not null ? entries : $"{shown} of {entries} are not zero";
    }

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
        ImmutableArray<MapRow> rows = RowsToShow(map);
        if (rows.IsEmpty) return;
        List<string[]> table = [Head(rows[0])];
        foreach (MapRow row in rows.Take(top)) table.Add(Cells(row));
        if (table.All(row => row.Length == table[0].Length)) Columns.Write(output, Indent, table);
        else foreach (MapRow row in rows.Take(top)) output.Append(Indent).Append(row.Key).Append(": ").Append(row.Value).Append('\n');
        WriteRest(output, rows.Length - top);
    }

    private static ImmutableArray<MapRow> RowsToShow(MapSnapshot map) =>
        map.Type is MapType.Array or MapType.PerCpuArray && map.Capacity > LongArray
            ? [.. map.Rows.Where(row => !ValueSums.IsZero(row.Value))]
            : map.Rows;

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
