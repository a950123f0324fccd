// SPDX-License-Identifier: MIT
using System.Buffers.Binary;
using System.Diagnostics;
using Ruche.Trace.Types;

namespace Ruche.Trace.Output.Values;

/// <summary>
/// What the parts that each CPU has of an aggregate come to: the number that is shown, and of averages the sum and the count.
/// </summary>
internal readonly record struct AggregateValue(long Number, bool IsSigned, long Total = 0, long Count = 0)
{
    /// <summary>Sums up the words of each CPU, one CPU's behind the other's. Of a histogram, the number is the count of everything.</summary>
    public static AggregateValue Of(Aggregation aggregation, ReadOnlySpan<byte> value) => aggregation switch
    {
        Aggregation.Count => new(Sum(value, 0, 1), false),
        Aggregation.Sum x => new(Sum(value, 0, 1), x.IsSigned),
        Aggregation.Minimum x => new(Extreme(value, x.IsSigned, -1), x.IsSigned),
        Aggregation.Maximum x => new(Extreme(value, x.IsSigned, 1), x.IsSigned),
        Aggregation.Average x => Average(value, x.IsSigned),
        Aggregation.Statistics x => Average(value, x.IsSigned),
        Aggregation.Series => default, // shown in the order of keys
        Aggregation.Log2 or Aggregation.Linear => new(Sum(value, 0, 1), false),
        _ => throw new UnreachableException($"no case for {aggregation.GetType().Name}"),
    };

    /// <summary>Shows what an aggregate comes to.</summary>
    public static void Write(ValueForm form, Aggregation aggregation, ReadOnlySpan<byte> value, PrintContext context, long divisor)
    {
        if (aggregation is Aggregation.Series series)
        {
            form.Series(SeriesPoint.Of(series, value, divisor), context);
            return;
        }

        if (aggregation.IsHistogram)
        {
            form.Histogram(HistogramBucket.Of(aggregation, value, divisor));
            return;
        }

        var sum = Of(aggregation, value);
        if (aggregation is not Aggregation.Statistics)
        {
            WriteNumber(form, sum.Number, sum.IsSigned, divisor);
            return;
        }

        form.BeginRecord();
        form.Field(0, "count");
        WriteNumber(form, sum.Count, sum.IsSigned, 1);
        form.Field(1, "average");
        WriteNumber(form, sum.Number, sum.IsSigned, divisor);
        form.Field(2, "total");
        WriteNumber(form, sum.Total, sum.IsSigned, 1);
        form.EndRecord(3);
    }

    public static long Word(ReadOnlySpan<byte> value, int index) => BinaryPrimitives.ReadInt64LittleEndian(value[(index * sizeof(long))..]);

    private static void WriteNumber(ValueForm form, long number, bool isSigned, long divisor)
    {
        if (isSigned) form.Signed(number / divisor);
        else form.Unsigned((ulong)number / (ulong)divisor);
    }

    private static AggregateValue Average(ReadOnlySpan<byte> value, bool isSigned)
    {
        long total = Sum(value, 0, 2), count = Sum(value, 1, 2);
        long average = count == 0 ? 0 : isSigned ? total / count : (long)((ulong)total / (ulong)count);
        return new(average, isSigned, total, count);
    }

    // Numbers wrap around, as they do in the kernel.
    private static long Sum(ReadOnlySpan<byte> value, int first, int step)
    {
        long sum = 0;
        for (int i = first; i < value.Length / sizeof(long); i += step) sum += Word(value, i);
        return sum;
    }

    /// <summary>The least (or greatest) of the CPUs that have one; zero when none has.</summary>
    private static long Extreme(ReadOnlySpan<byte> value, bool isSigned, int direction)
    {
        long? extreme = null;
        for (int i = 0; i < value.Length / sizeof(long); i += 2)
        {
            long word = Word(value, i);
            if (Word(value, i + 1) == 0) continue;
            if (extreme is not { } known || Compare(word, known, isSigned) * direction > 0) extreme = word;
        }

        return extreme ?? 0;
    }

    private static int Compare(long left, long right, bool isSigned) => isSigned ? left.CompareTo(right) : ((ulong)left).CompareTo((ulong)right);
}
