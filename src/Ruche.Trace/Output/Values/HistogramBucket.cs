// SPDX-License-Identifier: MIT
using System.Diagnostics;
using Ruche.Trace.Types;

namespace Ruche.Trace.Output.Values;

/// <summary>A bucket of a histogram: the least and greatest value that count in it (null: no bound), its name, and how many did.</summary>
internal sealed record HistogramBucket(long? Least, long? Greatest, string Label, ulong Count)
{
    /// <summary>
    /// The buckets from the first to the last that count anything; the words of several CPUs are summed up. As in bpftrace, linear histograms
    /// are not divided.
    /// </summary>
    public static IReadOnlyList<HistogramBucket> Of(Aggregation aggregation, ReadOnlySpan<byte> value, long divisor)
    {
        ulong[] counts = Counts(aggregation.Words, value);
        int first = Array.FindIndex(counts, c => c > 0);
        if (first < 0) return [];
        int last = Array.FindLastIndex(counts, c => c > 0);
        return [.. Enumerable.Range(first, last - first + 1).Select(i => aggregation switch
        {
            Aggregation.Log2 x => Logarithmic(i, x.Bits, counts[i] / (ulong)divisor),
            Aggregation.Linear x => Equal(i, x, counts[i]),
            _ => throw new UnreachableException($"no case for {aggregation.GetType().Name}"),
        })];
    }

    private static ulong[] Counts(int buckets, ReadOnlySpan<byte> value)
    {
        ulong[] counts = new ulong[buckets];
        for (int i = 0; i < value.Length / sizeof(ulong); i++) counts[i % buckets] += (ulong)AggregateValue.Word(value, i);
        return counts;
    }

    private static HistogramBucket Logarithmic(int bucket, int bits, ulong count)
    {
        if (bucket == 0) return new(null, -1, "(..., 0)", count);
        ulong from = LogBuckets.Start(bucket, bits), behind = LogBuckets.Start(bucket + 1, bits);
        string label = behind - from == 1 ? $"[{from}]" : $"[{HistogramLabel.OfPower(from, bits)}, {HistogramLabel.OfPower(behind, bits)})";
        return new((long)from, (long)(behind - 1), label, count);
    }

    private static HistogramBucket Equal(int bucket, Aggregation.Linear linear, ulong count)
    {
        // The last interval ends where the range does.
        long from = Math.Min(linear.To, linear.From + ((bucket - 1) * linear.Step));
        long behind = Math.Min(linear.To, linear.From + (bucket * linear.Step));
        string start = HistogramLabel.OfStep(from, linear.Step), end = HistogramLabel.OfStep(behind, linear.Step);
        if (bucket == 0) return new(null, behind - 1, $"(..., {end})", count);
        if (bucket == linear.Words - 1) return new(from, null, $"[{start}, ...)", count);
        return new(from, behind - 1, behind - from == 1 ? $"[{start}]" : $"[{start}, {end})", count);
    }
}
