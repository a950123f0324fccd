// SPDX-License-Identifier: MIT
using Ruche.Trace.Output.Values;
using Ruche.Trace.Types;

namespace Ruche.Trace.Output.Maps;

/// <summary>Maps as JSON objects: what is inside <c>{"@name": …}</c>, and the type of the line that it stands in.</summary>
internal static class MapJson
{
    /// <summary>Averages count as statistics, as in bpftrace.</summary>
    public static ReadOnlySpan<byte> TypeOf(MapShape shape) => shape.Aggregation switch
    {
        { IsHistogram: true } => "hist"u8,
        Aggregation.Series => "tseries"u8,
        Aggregation.Average or Aggregation.Statistics => "stats"u8,
        _ => "map"u8,
    };

    public static void Append(OutputBuffer buffer, MapShape shape, IReadOnlyList<MapEntry> rows, PrintContext context, long divisor)
    {
        JsonForm form = new(buffer);
        if (shape.IsScalar)
        {
            ValueWalk.Write(form, shape.Value, rows[0].Value, context, divisor);
            return;
        }

        form.BeginRecord();
        for (int i = 0; i < rows.Count; i++)
        {
            if (i > 0) buffer.Append(", "u8);
            form.BeginText();
            AppendKey(new(buffer, isCompact: true), shape.Key, rows[i].Key, context);
            form.EndText();
            buffer.Append(": "u8);
            ValueWalk.Write(form, shape.Value, rows[i].Value, context, divisor);
        }

        form.EndRecord(rows.Count);
    }

    private static void AppendKey(TextForm form, TraceType type, byte[] key, PrintContext context)
    {
        if (type is TraceType.Tuple { Names.IsEmpty: true } tuple) ValueWalk.WriteItems(form, tuple, key, context);
        else ValueWalk.Write(form, type, key.AsSpan(0, ValueLayout.SizeOf(type)), context);
    }
}
