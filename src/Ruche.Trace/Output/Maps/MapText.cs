// SPDX-License-Identifier: MIT
using Ruche.Trace.Output.Values;
using Ruche.Trace.Types;

namespace Ruche.Trace.Output.Maps;

/// <summary>Maps as text: a line for each entry, with the map's name before it; histograms below such lines, and an empty line behind.</summary>
internal static class MapText
{
    public static void Append(OutputBuffer buffer, MapShape shape, IReadOnlyList<MapEntry> rows, PrintContext context, long divisor)
    {
        TextForm form = new(buffer);
        foreach (var row in rows)
        {
            buffer.Append(shape.Name);
            if (!shape.IsScalar) AppendKey(form, shape.Key, row.Key, context);
            buffer.Append(shape.HasParts ? ":\n"u8 : ": "u8);
            ValueWalk.Write(form, shape.Value, row.Value, context, divisor);
            buffer.Append((byte)'\n');
        }
    }

    private static void AppendKey(TextForm form, TraceType type, byte[] key, PrintContext context)
    {
        form.Buffer.Append((byte)'[');
        if (type is TraceType.Tuple { Names.IsEmpty: true } tuple) ValueWalk.WriteItems(form, tuple, key, context);
        else ValueWalk.Write(form, type, key.AsSpan(0, ValueLayout.SizeOf(type)), context);
        form.Buffer.Append((byte)']');
    }
}
