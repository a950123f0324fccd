// SPDX-License-Identifier: MIT
using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Text;

namespace Ruche.Bpf.Objects.Btf.Values;

/// <summary>
/// Reads bytes as the value of a BTF type. Where the bytes end early, or the type says nothing usable, the value is
/// <see cref="BtfValue.Bytes"/>. Throws only for types that are broken themselves.
/// </summary>
public sealed class BtfValueReader(BtfSpec types)
{
    private const int DeepestNesting = 32;
    private const int MostItems = 1 << 16;

    /// <summary>Reads <paramref name="bytes"/> as type <paramref name="type"/>; 0 stands for no known type.</summary>
    public BtfValue Read(int type, ReadOnlySpan<byte> bytes) => Read(type, bytes, 0);

    private BtfValue Read(int type, ReadOnlySpan<byte> bytes, int depth)
    {
        if (type is 0 || depth > DeepestNesting) return Bytes(bytes);
        if (types.TrySizeOf(type, out int size) && size < bytes.Length) bytes = bytes[..size];
        return types[types.Resolve(type)] switch
        {
            BtfType.Int x when Fits(x.Size, bytes) => ReadInteger(x, bytes[..x.Size]),
            BtfType.Enum x when Fits(x.Size, bytes) => ReadEnum(x, Signed(bytes[..x.Size], x.IsSigned)),
            BtfType.Pointer when bytes.Length >= sizeof(ulong) => new BtfValue.Pointer(ReadAddress(bytes)),
            BtfType.Float x when Fits(x.Size, bytes) => ReadFloat(bytes[..x.Size]),
            BtfType.Array x => ReadArray(x, bytes, depth),
            BtfType.Composite x when bytes.Length >= x.Size => ReadStructure(x, bytes, depth),
            _ => Bytes(bytes),
        };
    }

    private static bool Fits(int size, ReadOnlySpan<byte> bytes) => size is 1 or 2 or 4 or 8 or 16 && bytes.Length >= size;

    private BtfValue ReadInteger(BtfType.Int type, ReadOnlySpan<byte> bytes)
    {
        if (type.BitOffset != 0 || type.Bits != type.Size * 8) return ReadBits(type, bytes, type.BitOffset, type.Bits);
        bool isSigned = (type.Encoding & IntEncoding.Signed) != 0;
        if (bytes.Length == 16 && !isSigned && Signed(bytes, true) < 0) return Bytes(bytes);
        Int128 value = Signed(bytes, isSigned);
        return (type.Encoding & IntEncoding.Bool) != 0 ? new BtfValue.Boolean(value != 0) : new BtfValue.Integer(value);
    }

    private static BtfValue.Enumerator ReadEnum(BtfType.Enum type, Int128 value)
    {
        foreach (BtfEnumerator candidate in type.Values)
        {
            Int128 number = type.IsSigned ? (long)candidate.Value : candidate.Value;
            if (number == value) return new BtfValue.Enumerator(candidate.Name, value);
        }

        return new BtfValue.Enumerator(null, value);
    }

    private BtfValue ReadFloat(ReadOnlySpan<byte> bytes) => (bytes.Length, types.ByteOrder) switch
    {
        (4, ByteOrder.Little) => new BtfValue.Floating(BinaryPrimitives.ReadSingleLittleEndian(bytes)),
        (4, _) => new BtfValue.Floating(BinaryPrimitives.ReadSingleBigEndian(bytes)),
        (8, ByteOrder.Little) => new BtfValue.Floating(BinaryPrimitives.ReadDoubleLittleEndian(bytes)),
        (8, _) => new BtfValue.Floating(BinaryPrimitives.ReadDoubleBigEndian(bytes)),
        _ => Bytes(bytes),
    };

    private BtfValue ReadArray(BtfType.Array array, ReadOnlySpan<byte> bytes, int depth)
    {
        BtfType element = types[types.Resolve(array.Element)];
        if (!types.TrySizeOf(array.Element, out int size) || size <= 0 || array.Count < 0 || array.Count > MostItems || (long)size * array.Count > bytes.Length) return Bytes(bytes);

        ReadOnlySpan<byte> content = bytes[..(size * array.Count)];
        if (element is BtfType.Int { Size: 1 } one)
        {
            return one.Name is "char" && TryReadText(content, out string? text) ? new BtfValue.Text(text) : Bytes(content);
        }

        var items = ImmutableArray.CreateBuilder<BtfValue>(array.Count);
        for (int i = 0; i < array.Count; i++) items.Add(Read(array.Element, content.Slice(i * size, size), depth + 1));
        return new BtfValue.Sequence(items.MoveToImmutable());
    }

    private BtfValue.Structure ReadStructure(BtfType.Composite type, ReadOnlySpan<byte> bytes, int depth)
    {
        var fields = ImmutableArray.CreateBuilder<BtfField>(type.Members.Length);
        foreach (BtfMember member in type.Members)
        {
            BtfValue value = ReadMember(member, bytes[..type.Size], depth);
            if (member.Name.Length == 0 && value is BtfValue.Structure inner) fields.AddRange(inner.Fields);
            else fields.Add(new(member.Name, value));
        }

        return new BtfValue.Structure(fields.ToImmutable());
    }

    private BtfValue ReadMember(BtfMember member, ReadOnlySpan<byte> bytes, int depth)
    {
        int start = member.BitOffset / 8;
        if (member.BitOffset < 0 || start > bytes.Length) return Bytes([]);
        if (member.BitSize != 0) return ReadBits(types[types.Resolve(member.Type)], bytes, member.BitOffset, member.BitSize);
        return Read(member.Type, bytes[start..], depth + 1);
    }

    private BtfValue ReadBits(BtfType type, ReadOnlySpan<byte> bytes, int bitOffset, int bits)
    {
        if (bits is <= 0 or > 64 || bitOffset < 0 || (bitOffset + (long)bits + 7) / 8 > bytes.Length) return Bytes([]);
        ulong raw = 0;
        for (int i = 0; i < bits; i++)
        {
            bool little = types.ByteOrder is ByteOrder.Little;
            int bit = bitOffset + (little ? i : bits - 1 - i);
            int inByte = little ? bit & 7 : 7 - (bit & 7);
            raw |= (ulong)((bytes[bit >> 3] >> inByte) & 1) << i;
        }

        bool isSigned = type is BtfType.Int { Encoding: var encoding } ? (encoding & IntEncoding.Signed) != 0 : type is BtfType.Enum { IsSigned: true };
        Int128 value = isSigned ? (long)(raw << (64 - bits)) >> (64 - bits) : raw;
        return type switch
        {
            BtfType.Enum x => ReadEnum(x, value),
            BtfType.Int { Encoding: var e } when (e & IntEncoding.Bool) != 0 => new BtfValue.Boolean(value != 0),
            _ => new BtfValue.Integer(value),
        };
    }

    private ulong ReadAddress(ReadOnlySpan<byte> bytes) => types.ByteOrder is ByteOrder.Little
        ? BinaryPrimitives.ReadUInt64LittleEndian(bytes)
        : BinaryPrimitives.ReadUInt64BigEndian(bytes);

    private Int128 Signed(ReadOnlySpan<byte> bytes, bool isSigned)
    {
        bool little = types.ByteOrder is ByteOrder.Little;
        byte top = bytes[little ? ^1 : 0];
        Int128 value = isSigned && top >= 0x80 ? -1 : 0;
        for (int i = 0; i < bytes.Length; i++) value = (value << 8) | bytes[little ? bytes.Length - 1 - i : i];
        return value;
    }

    private static bool TryReadText(ReadOnlySpan<byte> bytes, out string text)
    {
        int end = bytes.IndexOf((byte)0);
        ReadOnlySpan<byte> used = end < 0 ? bytes : bytes[..end];
        text = "";
        if (!System.Text.Unicode.Utf8.IsValid(used)) return false;
        text = Encoding.UTF8.GetString(used);
        return true;
    }

    private static BtfValue.Bytes Bytes(ReadOnlySpan<byte> bytes) => new([.. bytes]);
}
