// SPDX-License-Identifier: MIT
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace Ruche.Bpf.Objects.Btf.Values;

/// <summary>
/// Writes values as JSON: structures as objects, arrays as arrays, enumerators by name, addresses and untyped bytes as
/// hexadecimal strings. Integers are numbers, at any width.
/// </summary>
public static class BtfValueJson
{
    /// <summary>Writes the value where the writer stands.</summary>
    public static void Write(Utf8JsonWriter json, BtfValue value)
    {
        ArgumentNullException.ThrowIfNull(json);
        switch (value)
        {
            case BtfValue.Integer x:
                WriteInteger(json, x.Value);
                break;
            case BtfValue.Boolean x:
                json.WriteBooleanValue(x.Value);
                break;
            case BtfValue.Text x:
                json.WriteStringValue(x.Value);
                break;
            case BtfValue.Enumerator { Name: { } name }:
                json.WriteStringValue(name);
                break;
            case BtfValue.Enumerator x:
                WriteInteger(json, x.Value);
                break;
            case BtfValue.Pointer x:
                json.WriteStringValue(string.Create(CultureInfo.InvariantCulture, $"0x{x.Address:x}"));
                break;
            case BtfValue.Floating x when double.IsFinite(x.Value):
                json.WriteNumberValue(x.Value);
                break;
            case BtfValue.Floating x:
                json.WriteStringValue(x.Value.ToString(CultureInfo.InvariantCulture));
                break;
            case BtfValue.Structure x:
                WriteStructure(json, x);
                break;
            case BtfValue.Sequence x:
                json.WriteStartArray();
                foreach (BtfValue item in x.Items) Write(json, item);
                json.WriteEndArray();
                break;
            case BtfValue.Bytes x:
                json.WriteStringValue(Convert.ToHexStringLower(x.Value.AsSpan()));
                break;
            default:
                throw new UnreachableException($"no case for {value?.GetType().Name}");
        }
    }

    private static void WriteStructure(Utf8JsonWriter json, BtfValue.Structure structure)
    {
        json.WriteStartObject();
        foreach (BtfField field in structure.Fields)
        {
            json.WritePropertyName(field.Name);
            Write(json, field.Value);
        }

        json.WriteEndObject();
    }

    private static void WriteInteger(Utf8JsonWriter json, Int128 value)
    {
        if (value >= long.MinValue && value <= long.MaxValue) json.WriteNumberValue((long)value);
        else if (value >= 0 && value <= ulong.MaxValue) json.WriteNumberValue((ulong)value);
        else json.WriteRawValue(value.ToString(CultureInfo.InvariantCulture));
    }
}
