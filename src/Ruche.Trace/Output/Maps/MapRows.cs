// SPDX-License-Identifier: MIT
using System.Buffers.Binary;
using System.Collections.Immutable;
using Ruche.Trace.Output.Values;
using Ruche.Trace.Types;

namespace Ruche.Trace.Output.Maps;

/// <summary>The entries of a map in the order in which they are shown: numbers and aggregates from the least on, others by key.</summary>
internal static class MapRows
{
    /// <summary>The last <paramref name="top"/> entries, or all when it is zero; of a map of histograms, an entry for each key.</summary>
    public static ImmutableArray<MapEntry> Of(MapShape shape, IReadOnlyList<MapEntry> entries, int top)
    {
        var whole = shape.Aggregation is Aggregation.Series series ? SeriesRows.Merge(series, entries)
            : shape is { HasParts: true, IsScalar: false } ? Merge(shape, entries) : entries;
        var rows = whole.Select(e => new Row(e, RankOf(shape, e.Value))).ToArray();
        Array.Sort(rows, (left, right) => left.Rank.CompareTo(right.Rank) is not 0 and var order
            ? order
            : KeyOrder.Compare(shape.Key, left.Entry.Key, right.Entry.Key));
        return [.. rows.Skip(top > 0 ? rows.Length - top : 0).Select(r => r.Entry)];
    }

    // The numbers of a map are all signed, or none is.
    private static ulong RankOf(MapShape shape, byte[] value) => shape.Value switch
    {
        TraceType.Integer x => Ranked(StoredNumber.Of(x, value), x.IsSigned),
        TraceType.Enumeration x => Ranked(StoredNumber.Of(x, value), x.Layout.IsSigned),
        TraceType.Aggregate x => AggregateValue.Of(x.Of, value) is var sum ? Ranked(sum.Number, sum.IsSigned) : 0,
        _ => 0,
    };

    private static ulong Ranked(long number, bool isSigned) => isSigned ? (ulong)number ^ (1UL << 63) : (ulong)number;

    /// <summary>
    /// Keys of histograms end in the number of a bucket, and values are what each CPU counted in it: the buckets of a key become one value, as
    /// a histogram without keys has it on one CPU.
    /// </summary>
    private static IReadOnlyList<MapEntry> Merge(MapShape shape, IReadOnlyList<MapEntry> entries)
    {
        Dictionary<byte[], byte[]> histograms = new(KeyEquality.Instance);
        int buckets = shape.Aggregation!.Words;
        foreach (var entry in entries)
        {
            byte[] key = entry.Key[..^sizeof(long)];
            long bucket = BinaryPrimitives.ReadInt64LittleEndian(entry.Key.AsSpan(key.Length));
            if (bucket < 0 || bucket >= buckets) continue;
            if (!histograms.TryGetValue(key, out byte[]? words)) histograms.Add(key, words = new byte[buckets * sizeof(long)]);
            var word = words.AsSpan((int)bucket * sizeof(long));
            long counted = AggregateValue.Of(new Aggregation.Count(), entry.Value).Number;
            BinaryPrimitives.WriteInt64LittleEndian(word, BinaryPrimitives.ReadInt64LittleEndian(word) + counted);
        }

        return [.. histograms.Select(h => new MapEntry(h.Key, h.Value))];
    }

    private sealed record Row(MapEntry Entry, ulong Rank);
}
