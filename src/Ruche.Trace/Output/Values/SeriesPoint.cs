// SPDX-License-Identifier: MIT
using System.Buffers.Binary;
using Ruche.Trace.Types;

namespace Ruche.Trace.Output.Values;

/// <summary>An interval of a series: when it begins, in nanoseconds since 1970, and its value; none when nothing came in it.</summary>
internal sealed record SeriesPoint(long Start, long? Value)
{
    private const int Word = sizeof(long);

    /// <summary>The intervals of a value that <see cref="Maps.SeriesRows"/> made, and those between them.</summary>
    public static IReadOnlyList<SeriesPoint> Of(Aggregation.Series series, ReadOnlySpan<byte> value, long divisor)
    {
        List<SeriesPoint> points = [];
        for (int at = 0; at < value.Length; at += 2 * Word)
        {
            long interval = Number(value, at), number = Number(value, at + Word);
            for (long missing = points.Count == 0 ? interval : (points[^1].Start / series.Interval) + 1; missing < interval; missing++) points.Add(new(missing * series.Interval, null));
            points.Add(new(interval * series.Interval, series.IsSigned ? number / divisor : (long)((ulong)number / (ulong)divisor)));
        }

        return points;
    }

    private static long Number(ReadOnlySpan<byte> value, int at) => BinaryPrimitives.ReadInt64LittleEndian(value[at..]);
}
