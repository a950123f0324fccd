// SPDX-License-Identifier: MIT
using Ruche.Bpf.Objects.Btf.Values;
using Ruche.Bpf.Objects.Uapi;

namespace Ruche.Cli.Live;

/// <summary>
/// Finds the power-of-two histograms among maps. Two shapes are common: an array map whose entries are the slots, known by
/// its name, and a value with a field <c>slots</c>, one histogram an entry.
/// </summary>
internal static class HistogramShape
{
    private static readonly string[] Words = ["hist", "dist", "slots", "latency"];

    /// <summary>The histograms the map holds, each with the key it stands under; null when the map is not of either shape.</summary>
    public static IReadOnlyList<(string? Label, ulong[] Slots)>? Find(MapSnapshot map)
    {
        if (map.Rows.IsEmpty) return null;
        if (map.Rows[0].Value is BtfValue.Composite) return FromFields(map);
        return IsArrayOfSlots(map) ? [(null, SlotsOf(map.Rows.Select(row => row.Value)))] : null;
    }

    private static bool IsArrayOfSlots(MapSnapshot map) =>
        map.Type is MapType.Array or MapType.PerCpuArray
        && map.Capacity is >= 8 and <= 64
        && Words.Any(word => map.Map.Contains(word, StringComparison.OrdinalIgnoreCase))
        && map.Rows.All(row => row.Value is BtfValue.Unsigned);

    private static List<(string? Label, ulong[] Slots)>? FromFields(MapSnapshot map)
    {
        List<(string?, ulong[])> found = [];
        foreach (MapRow row in map.Rows)
        {
            if (row.Value is not BtfValue.Composite { Fields: var fields }) return null;
            if (fields.FirstOrDefault(f => f.Name is "slots")?.Value is not BtfValue.Array { Items: { Length: >= 8 and <= 64 } slots }) return null;
            if (!slots.All(slot => slot is BtfValue.Unsigned)) return null;
            BtfValue.Text? comm = fields.Select(f => f.Value).OfType<BtfValue.Text>().FirstOrDefault();
            string key = row.Key.ToString();
            found.Add((map.Capacity == 1 ? null : comm is null ? key : $"{key} {ValueFields.Short(comm)}", SlotsOf(slots)));
        }

        return found;
    }

    private static ulong[] SlotsOf(IEnumerable<BtfValue> values) => [.. values.Cast<BtfValue.Unsigned>().Select(value => (ulong)value.Value)];
}
