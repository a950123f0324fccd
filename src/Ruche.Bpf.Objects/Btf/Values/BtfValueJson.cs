// SPDX-License-Identifier: MIT
using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Ruche.Bpf.Objects.Btf.Values;

/// <summary>
/// Writes values as JSON whose shape depends on the type alone: numbers (strings from 128 bits on), names of enumerators, strings for
/// <c>char</c> arrays and pointers, objects in which the fields of anonymous structs and unions stand beside the others.
/// </summary>
public static class BtfValueJson
{
    /// <summary>Writes the value as the writer's next value.</summary>
    public static void Write(Utf8JsonWriter writer, BtfValue value)
    {
        ArgumentNullException.ThrowIfNull(writer);
        switch (value)
        {
            case BtfValue.Signed x: WriteInteger(writer, x.Value); break;
            case BtfValue.Unsigned x when x.Value <= ulong.MaxValue: writer.WriteNumberValue((ulong)x.Value); break;
            case BtfValue.Unsigned x: writer.WriteStringValue(x.Value.ToString(CultureInfo.InvariantCulture)); break;
            case BtfValue.Character x: writer.WriteNumberValue(x.Value); break;
            case BtfValue.Boolean x: writer.WriteBooleanValue(x.Value); break;
            case BtfValue.Real x when double.IsFinite(x.Value): writer.WriteNumberValue(x.Value); break;
            case BtfValue.Real x: writer.WriteStringValue(x.Value.ToString(CultureInfo.InvariantCulture)); break;
            case BtfValue.Enumerated x when x.Name is not null: writer.WriteStringValue(x.Name); break;
            case BtfValue.Enumerated x: WriteInteger(writer, x.Value); break;
            case BtfValue.Pointer x: writer.WriteStringValue($"0x{x.Address:x}"); break;
            case BtfValue.Text x: writer.WriteStringValue(Escaped(x)); break;
            case BtfValue.Array x:
                writer.WriteStartArray();
                foreach (var item in x.Items) Write(writer, item);
                writer.WriteEndArray();
                break;
            case BtfValue.Composite x:
                writer.WriteStartObject();
                WriteFields(writer, x);
                writer.WriteEndObject();
                break;
            case BtfValue.Opaque x: writer.WriteStringValue($"0x{Convert.ToHexStringLower(x.Bytes.AsSpan())}"); break;
            default: throw new UnreachableException($"no case for {value?.GetType().Name}");
        }
    }

    private static void WriteFields(Utf8JsonWriter writer, BtfValue.Composite value)
    {
        foreach (var field in value.Fields)
        {
            if (field.Name.Length == 0 && field.Value is BtfValue.Composite inner) WriteFields(writer, inner);
            if (field.Name.Length == 0) continue;
            writer.WritePropertyName(field.Name);
            Write(writer, field.Value);
        }
    }

    private static void WriteInteger(Utf8JsonWriter writer, Int128 value)
    {
        if (value >= long.MinValue && value <= long.MaxValue) writer.WriteNumberValue((long)value);
        else if (value > 0 && value <= ulong.MaxValue) writer.WriteNumberValue((ulong)value);
        else writer.WriteStringValue(value.ToString(CultureInfo.InvariantCulture));
    }

    private static string Escaped(BtfValue.Text value)
    {
        StringBuilder text = new(value.Bytes.Length);
        BtfValueText.AppendEscaped(text, value.Bytes.AsSpan(), forC: false);
        return text.ToString();
    }
}
