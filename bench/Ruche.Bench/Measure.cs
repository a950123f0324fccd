// SPDX-License-Identifier: MIT
using System.Diagnostics;

namespace Ruche.Bench;

internal static class Measure
{
    /// <summary>How long it takes, in nanoseconds.</summary>
    public static long Time(Action action)
    {
        long start = Stopwatch.GetTimestamp();
        action();
        return Nanoseconds(Stopwatch.GetTimestamp() - start);
    }

    public static long Nanoseconds(long ticks) => (long)(ticks * (1e9 / Stopwatch.Frequency));

    public static long Median(long[] values)
    {
        Array.Sort(values);
        return values[values.Length / 2];
    }

    public static void Print(string metric, long value) => Console.WriteLine($"{metric} {value}");
}
