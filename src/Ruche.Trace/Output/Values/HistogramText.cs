// SPDX-License-Identifier: MIT
namespace Ruche.Trace.Output.Values;

/// <summary>A histogram as lines with bars.</summary>
internal static class HistogramText
{
    private const int LabelWidth = 16;
    private const int CountWidth = 8;
    private const int BarWidth = 52;

    public static void Append(OutputBuffer buffer, IReadOnlyList<HistogramBucket> buckets)
    {
        ulong most = 0;
        foreach (var bucket in buckets) most = Math.Max(most, bucket.Count);
        foreach (var bucket in buckets)
        {
            // Single precision, as bpftrace has it: bars are as long as there.
            int bar = most == 0 ? 0 : (int)(bucket.Count / (float)most * BarWidth);
            AppendPadded(buffer, bucket.Label, LabelWidth);
            int start = buffer.Length;
            buffer.AppendDecimal(bucket.Count);
            buffer.Pad(start, CountWidth, isLeft: false);
            buffer.Append(" |"u8);
            buffer.Repeat((byte)'@', bar);
            buffer.Repeat((byte)' ', BarWidth - bar);
            buffer.Append("|\n"u8);
        }
    }

    private static void AppendPadded(OutputBuffer buffer, string text, int width)
    {
        int start = buffer.Length;
        buffer.Append(text);
        buffer.Pad(start, width, isLeft: true);
    }
}
