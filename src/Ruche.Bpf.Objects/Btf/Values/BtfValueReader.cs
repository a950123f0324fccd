// SPDX-License-Identifier: MIT
using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Ruche.Bpf.Objects.Diagnostics;

namespace Ruche.Bpf.Objects.Btf.Values;

/// <summary>
/// Reads values out of bytes by their BTF type, without reflection: map keys and values, ring-buffer records, global data.
/// </summary>
public sealed class BtfValueReader
{
    // Unions let a few hostile types describe endlessly many values; real ones have a few per byte.
    private const int ValuesPerByte = 64;
    private const int SpareValues = 4096;

    private readonly BtfSpec _spec;
    private long _allowance;

    private BtfValueReader(BtfSpec spec, long allowance) => (_spec, _allowance) = (spec, allowance);

    /// <summary>
    /// Reads a value of type <paramref name="id"/> from the start of <paramref name="bytes"/>, in the byte order of the set. Bytes beyond
    /// the type's size belong to a flexible array at its end, if it has one. Throws <see cref="InvalidObjectException"/> when the bytes are
    /// too few or the types make no sense.
    /// </summary>
    public static BtfValue Read(BtfSpec spec, int id, ReadOnlySpan<byte> bytes)
    {
        ArgumentNullException.ThrowIfNull(spec);
        return new BtfValueReader(spec, SpareValues + (long)bytes.Length * ValuesPerByte).Value(id, bytes, 0);
    }

    private BtfValue Value(int id, ReadOnlySpan<byte> bytes, int depth)
    {
        if (depth > BtfSpec.MaxDepth) throw _spec.Endless(id);
        if (--_allowance < 0) _spec.Throw(BtfDiagnostics.BadType, "expected fewer values in so few bytes", "the types are corrupt");
        id = _spec.Resolve(id);
        return _spec[id] switch
        {
            BtfType.Int x => Number(x, Whole(bytes, x.Size), x.Size * 8),
            BtfType.Enum x => Enumerated(x, Whole(bytes, x.Size), x.Size * 8),
            BtfType.Pointer => new BtfValue.Pointer((ulong)Whole(bytes, BtfSpec.PointerSize)),
            BtfType.Float x => Real(x, bytes),
            BtfType.Array x => Array(x, bytes, depth),
            BtfType.Composite x => Composite(x, bytes, depth),
            BtfType.DataSection x => Section(x, bytes, depth),
            BtfType.Variable x => Value(x.Target, bytes, depth + 1),
            _ => new BtfValue.Opaque(depth == 0 ? [.. bytes] : []),
        };
    }

    private BtfValue.Composite Composite(BtfType.Composite type, ReadOnlySpan<byte> bytes, int depth)
    {
        Take(bytes, type.Size);
        var fields = new BtfFieldValue[type.Members.Length];
        for (int i = 0; i < fields.Length; i++)
        {
            var member = _spec.AsBitField(type.Members[i]);
            bool mayGrow = depth == 0 && !type.IsUnion && i == fields.Length - 1;
            fields[i] = new(member.Name, Member(member, mayGrow ? bytes : bytes[..type.Size], depth));
        }
        return new(type.IsUnion, ImmutableCollectionsMarshal.AsImmutableArray(fields));
    }

    private BtfValue Member(BtfMember member, ReadOnlySpan<byte> bytes, int depth)
    {
        if (member.BitSize == 0) return Value(member.Type, Skip(bytes, member.BitOffset / 8), depth + 1);
        var bits = Bits(bytes, member.BitOffset, member.BitSize);
        return _spec[_spec.Resolve(member.Type)] switch
        {
            BtfType.Int x => Number(x, bits, member.BitSize),
            BtfType.Enum x => Enumerated(x, bits, member.BitSize),
            _ => new BtfValue.Unsigned(bits),
        };
    }

    private BtfValue.Composite Section(BtfType.DataSection type, ReadOnlySpan<byte> bytes, int depth)
    {
        var fields = new BtfFieldValue[type.Variables.Length];
        for (int i = 0; i < fields.Length; i++)
        {
            var variable = type.Variables[i];
            fields[i] = new(_spec.NameOf(variable.Type), Value(variable.Type, Skip(bytes, variable.Offset), depth + 1));
        }
        return new(IsUnion: false, ImmutableCollectionsMarshal.AsImmutableArray(fields));
    }

    private BtfValue Array(BtfType.Array type, ReadOnlySpan<byte> bytes, int depth)
    {
        int element = _spec.SizeOf(type.Element);
        int count = type.Count > 0 || element == 0 ? type.Count : bytes.Length / element;
        if (IsChar(type.Element))
        {
            _allowance -= count;
            return Text(Take(bytes, count));
        }
        Take(bytes, (long)element * count);
        var items = new BtfValue[element == 0 ? 0 : count];
        for (int i = 0; i < items.Length; i++) items[i] = Value(type.Element, bytes[(i * element)..], depth + 1);
        return new BtfValue.Array(ImmutableCollectionsMarshal.AsImmutableArray(items));
    }

    private bool IsChar(int id) => _spec[_spec.Resolve(id)] is BtfType.Int { Size: 1 } x && IsChar(x);

    // Compilers rarely set the encoding; plain char is known by its name, as in bpftool.
    private static bool IsChar(BtfType.Int type) => type.Encoding.HasFlag(IntEncoding.Char) || type.Name == "char";

    private static BtfValue.Text Text(ReadOnlySpan<byte> bytes)
    {
        int end = bytes.IndexOf((byte)0);
        return new([.. end < 0 ? bytes : bytes[..end]]);
    }

    private static BtfValue Number(BtfType.Int type, UInt128 raw, int bits)
    {
        if (type.Encoding.HasFlag(IntEncoding.Bool) || type.Name is "_Bool" or "bool") return new BtfValue.Boolean(raw != 0);
        if (bits == 8 && IsChar(type)) return new BtfValue.Character((byte)raw);
        return type.Encoding.HasFlag(IntEncoding.Signed) ? new BtfValue.Signed(Extend(raw, bits)) : new BtfValue.Unsigned(raw);
    }

    private static BtfValue.Enumerated Enumerated(BtfType.Enum type, UInt128 raw, int bits)
    {
        // The mask keeps what the bits can tell: enumerators are sign-extended, and old encoders do not say which are signed.
        UInt128 mask = bits >= 128 ? UInt128.MaxValue : (UInt128.One << bits) - 1;
        foreach (var value in type.Values)
        {
            if (((UInt128)(Int128)(long)value.Value & mask) == raw) return new(value.Name, Known(type, value));
        }
        return new(null, type.IsSigned ? Extend(raw, bits) : (Int128)raw);
    }

    private static Int128 Known(BtfType.Enum type, BtfEnumerator value) => type.IsSigned ? (long)value.Value : value.Value;

    private static Int128 Extend(UInt128 raw, int bits) => bits is <= 0 or >= 128 ? (Int128)raw : (Int128)(raw << (128 - bits)) >> (128 - bits);

    private BtfValue Real(BtfType.Float type, ReadOnlySpan<byte> bytes) => type.Size switch
    {
        2 => new BtfValue.Real((double)BitConverter.UInt16BitsToHalf((ushort)Whole(bytes, 2))),
        4 => new BtfValue.Real(BitConverter.UInt32BitsToSingle((uint)Whole(bytes, 4))),
        8 => new BtfValue.Real(BitConverter.UInt64BitsToDouble((ulong)Whole(bytes, 8))),
        _ => new BtfValue.Opaque([.. Take(bytes, type.Size)]),
    };

    private UInt128 Whole(ReadOnlySpan<byte> bytes, int size)
    {
        if (size > 16) _spec.Throw(BtfDiagnostics.BadType, $"expected a number of at most 16 bytes, found {size}");
        var number = Take(bytes, size);
        UInt128 value = 0;
        for (int i = 0; i < size; i++) value = (value << 8) | number[_spec.ByteOrder is ByteOrder.Little ? size - 1 - i : i];
        return value;
    }

    /// <summary>Bits are counted from each byte's low end on little-endian machines, from its high end on big-endian ones.</summary>
    private UInt128 Bits(ReadOnlySpan<byte> bytes, int offset, int count)
    {
        if (count > 128) _spec.Throw(BtfDiagnostics.BadType, $"expected a bit field of at most 128 bits, found {count}");
        Take(bytes, (offset + (long)count + 7) / 8);
        UInt128 value = 0;
        for (int i = 0; i < count; i++)
        {
            int at = offset + i;
            bool isLittle = _spec.ByteOrder is ByteOrder.Little;
            uint bit = (uint)bytes[at / 8] >> (isLittle ? at % 8 : 7 - at % 8) & 1;
            value = isLittle ? value | ((UInt128)bit << i) : (value << 1) | bit;
        }
        return value;
    }

    private ReadOnlySpan<byte> Take(ReadOnlySpan<byte> bytes, long count)
    {
        if (count > bytes.Length) _spec.Throw(BtfDiagnostics.ShortValue, $"expected {count} bytes of value, found {bytes.Length}");
        return bytes[..(int)count];
    }

    private ReadOnlySpan<byte> Skip(ReadOnlySpan<byte> bytes, int count)
    {
        if (count > bytes.Length) _spec.Throw(BtfDiagnostics.ShortValue, $"expected a field at byte {count}, found {bytes.Length} bytes");
        return bytes[count..];
    }
}
