// SPDX-License-Identifier: MIT
using System.Globalization;

namespace Ruche.Trace.Output.Values;

/// <summary>A series as lines from the earliest interval on, with a star where the value stands between the least and the greatest.</summary>
internal static class SeriesText
{
    private const int LabelWidth = 13;
    private const int Width = 53;

    public static void Append(OutputBuffer buffer, IReadOnlyList<SeriesPoint> points, PrintContext context)
    {
        long least = points.Min(p => p.Value) ?? 0, greatest = points.Max(p => p.Value) ?? 0;
        if (least == greatest) (least, greatest) = (least - 1, greatest + 1);
        AppendRange(buffer, least, greatest);
        buffer.Append("hh:mm:ss.ms  "u8);
        AppendBorder(buffer, '|', '_');
        foreach (var point in points)
        {
            TimeText.Append(buffer, "%H:%M:%S.%l ", point.Start, context.LocalTime, hasFractions: true);
            if (point.Value is { } value)
            {
                int place = (int)((Int128)(value - (Int128)least) * (Width - 1) / (greatest - (Int128)least));
                for (int i = 0; i < Width; i++) buffer.Append(i == place ? (byte)'*' : i is 0 or Width - 1 ? (byte)'|' : (byte)' ');
                buffer.Append((byte)' ');
                buffer.AppendDecimal(value);
                buffer.Append((byte)'\n');
            }
            else
            {
                AppendBorder(buffer, '|', ' ', " -\n");
            }
        }

        buffer.Repeat((byte)' ', LabelWidth);
        AppendBorder(buffer, 'v', '_');
        AppendRange(buffer, least, greatest);
    }

    private static void AppendRange(OutputBuffer buffer, long least, long greatest)
    {
        string from = least.ToString(CultureInfo.InvariantCulture);
        buffer.Repeat((byte)' ', LabelWidth);
        buffer.Append(from);
        buffer.Append(greatest.ToString(CultureInfo.InvariantCulture).PadLeft(Width - from.Length));
        buffer.Append((byte)'\n');
    }

    private static void AppendBorder(OutputBuffer buffer, char edge, char inside, string end = "\n")
    {
        buffer.Append((byte)edge);
        buffer.Repeat((byte)inside, Width - 2);
        buffer.Append((byte)edge);
        buffer.Append(end);
    }
}
