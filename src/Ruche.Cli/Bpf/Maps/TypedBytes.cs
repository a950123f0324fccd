// SPDX-License-Identifier: MIT
using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Ruche.Bpf.Objects.Btf;

namespace Ruche.Cli.Bpf.Maps;

/// <summary>Lays values out in bytes by their type: numbers, names of enumerators, text, and JSON for structs and arrays.</summary>
internal sealed class TypedBytes(BtfSpec types)
{
    /// <summary>Writes a value. Bytes that the text says nothing about stay as they are.</summary>
    /// <exception cref="FormatException">The text does not fit the type.</exception>
    public void Write(int type, string text, Span<byte> bytes)
    {
        BtfType resolved = types[types.Resolve(type)];
        if (resolved is not (BtfType.Composite or BtfType.Array or BtfType.DataSection) || IsText(resolved) && !text.StartsWith('"'))
        {
            WriteScalar(resolved, text, bytes);
            return;
        }

        try
        {
            using var document = JsonDocument.Parse(text);
            WriteJson(type, document.RootElement, bytes);
        }
        catch (JsonException e)
        {
            throw new FormatException($"it is not JSON ({e.Message})", e);
        }
    }

    private void WriteJson(int type, JsonElement value, Span<byte> bytes)
    {
        BtfType resolved = types[types.Resolve(type)];
        switch (value.ValueKind)
        {
            case JsonValueKind.Object: WriteMembers(resolved, value, bytes); break;
            case JsonValueKind.Array: WriteItems(resolved, value, bytes); break;
            case JsonValueKind.String: WriteScalar(resolved, value.GetString()!, bytes); break;
            default: WriteScalar(resolved, value.GetRawText(), bytes); break;
        }
    }

    private void WriteMembers(BtfType type, JsonElement value, Span<byte> bytes)
    {
        foreach (JsonProperty property in value.EnumerateObject())
        {
            if (TryFind(type, property.Name, 0) is not { } found) throw new FormatException($"there is no field '{property.Name}'");
            if (found.Bits != 0) throw new FormatException($"'{property.Name}' is a bit field; write the bytes instead");
            WriteJson(found.Type, property.Value, bytes.Slice(found.Offset, types.SizeOf(found.Type)));
        }
    }

    /// <summary>Fields of anonymous structs and unions are found as in C.</summary>
    private (int Type, int Offset, int Bits)? TryFind(BtfType type, string name, int offset)
    {
        if (type is BtfType.DataSection section)
        {
            foreach (BtfSectionVariable variable in section.Variables)
                if (types.NameOf(variable.Type) == name && types[variable.Type] is BtfType.Variable x) return (x.Target, variable.Offset, 0);
            return null;
        }

        if (type is not BtfType.Composite composite) throw new FormatException("it has no fields");
        foreach (BtfMember member in composite.Members)
        {
            int at = offset + member.BitOffset / 8;
            if (member.Name == name) return (member.Type, at, member.BitSize);
            if (member.Name.Length == 0 && types[types.Resolve(member.Type)] is BtfType.Composite inner && TryFind(inner, name, at) is { } found) return found;
        }

        return null;
    }

    private void WriteItems(BtfType type, JsonElement value, Span<byte> bytes)
    {
        if (type is not BtfType.Array array) throw new FormatException("it is not an array");
        int size = types.SizeOf(array.Element);
        int index = 0;
        foreach (JsonElement item in value.EnumerateArray())
        {
            if ((index + 1) * size > bytes.Length) throw new FormatException($"it has {array.Count} elements only");
            WriteJson(array.Element, item, bytes.Slice(index++ * size, size));
        }
    }

    private void WriteScalar(BtfType type, string text, Span<byte> bytes)
    {
        switch (type)
        {
            case BtfType.Array when IsText(type): WriteText(text, bytes); break;
            case BtfType.Enum x when FindEnumerator(x, text) is { } value: WriteNumber((Int128)(long)value, bytes, x.Size); break;
            case BtfType.Int { Encoding: var encoding } x when encoding.HasFlag(IntEncoding.Bool) || text is "true" or "false":
                WriteNumber(text is "true" or "1" ? 1 : text is "false" or "0" ? 0 : throw new FormatException("write true or false"), bytes, x.Size);
                break;
            case BtfType.Int x: WriteNumber(Number(text), bytes, x.Size); break;
            case BtfType.Enum x: WriteNumber(Number(text), bytes, x.Size); break;
            case BtfType.Pointer: WriteNumber(Number(text), bytes, BtfSpec.PointerSize); break;
            case BtfType.Float { Size: 8 }: BinaryPrimitives.WriteDoubleLittleEndian(bytes, Real(text)); break;
            case BtfType.Float { Size: 4 }: BinaryPrimitives.WriteSingleLittleEndian(bytes, (float)Real(text)); break;
            default: throw new FormatException("write it as JSON, or as bytes");
        }
    }

    private static ulong? FindEnumerator(BtfType.Enum type, string name)
    {
        foreach (BtfEnumerator value in type.Values)
            if (value.Name == name) return value.Value;
        return null;
    }

    private static void WriteText(string text, Span<byte> bytes)
    {
        int length = Encoding.UTF8.GetByteCount(text);
        if (length > bytes.Length) throw new FormatException($"it has room for {bytes.Length} bytes, not {length}");
        bytes.Clear();
        Encoding.UTF8.GetBytes(text, bytes);
    }

    private static void WriteNumber(Int128 number, Span<byte> bytes, int size)
    {
        int bits = size * 8;
        if (bits < 128 && (number < -((Int128)1 << (bits - 1)) || number >= (Int128)1 << bits)) throw new FormatException($"it does not fit {size} bytes");
        Span<byte> whole = stackalloc byte[16];
        BinaryPrimitives.WriteInt128LittleEndian(whole, number);
        whole[..size].CopyTo(bytes);
    }

    private static Int128 Number(string text)
    {
        bool isHex = text.StartsWith("0x", StringComparison.OrdinalIgnoreCase);
        bool isNumber = isHex
            ? Int128.TryParse(text.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out Int128 number)
            : Int128.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out number);
        return isNumber ? number : throw new FormatException("it is not a number");
    }

    private static double Real(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) ? number : throw new FormatException("it is not a number");

    private bool IsText(BtfType type) =>
        type is BtfType.Array array && types[types.Resolve(array.Element)] is BtfType.Int { Size: 1 } element
        && (element.Encoding.HasFlag(IntEncoding.Char) || element.Name == "char");
}
