// SPDX-License-Identifier: MIT
using System.Buffers.Binary;
using System.Text;

namespace Ruche.Symbols.Dwarf;

/// <summary>Forward-only cursor over an untrusted section of little-endian numbers. Every read is checked, and throws <see cref="InvalidDataException"/>.</summary>
internal ref struct DwarfCursor(ReadOnlySpan<byte> section, long start)
{
    private readonly ReadOnlySpan<byte> _section = section;

    public int Position { get; private set; } = start >= 0 && start <= section.Length ? (int)start : throw new InvalidDataException("an offset leads out of its section");

    public readonly bool IsAtEnd => Position >= _section.Length;

    public byte U8() => Take(1)[0];

    public ushort U16() => BinaryPrimitives.ReadUInt16LittleEndian(Take(2));

    public uint U32() => BinaryPrimitives.ReadUInt32LittleEndian(Take(4));

    public ulong U64() => BinaryPrimitives.ReadUInt64LittleEndian(Take(8));

    /// <summary>A number of so many bytes, up to 8.</summary>
    public ulong Unsigned(int bytes)
    {
        ulong value = 0;
        var taken = Take(bytes);
        for (int i = Math.Min(8, bytes) - 1; i >= 0; i--) value = (value << 8) | taken[i];
        return value;
    }

    /// <summary>An offset, whose width the unit says.</summary>
    public ulong Offset(bool is64) => is64 ? U64() : U32();

    /// <summary>The length of a unit, and whether its offsets have 64 bits.</summary>
    public ulong Length(out bool is64)
    {
        uint first = U32();
        is64 = first == uint.MaxValue;
        return is64 ? U64() : first;
    }

    public ulong Uleb()
    {
        ulong value = 0;
        for (int shift = 0; ; shift += 7)
        {
            byte part = U8();
            if (shift < 64) value |= (ulong)(part & 0x7f) << shift;
            if ((part & 0x80) == 0) return value;
        }
    }

    public long Sleb()
    {
        long value = 0;
        for (int shift = 0; ;)
        {
            byte part = U8();
            if (shift < 64) value |= (long)(part & 0x7f) << shift;
            shift += 7;
            if ((part & 0x80) != 0) continue;
            return shift < 64 && (part & 0x40) != 0 ? value | (-1L << shift) : value;
        }
    }

    /// <summary>Text up to the zero that ends it.</summary>
    public string Text()
    {
        int end = _section[Position..].IndexOf((byte)0);
        if (end < 0) throw new InvalidDataException("text has no end");
        return Encoding.UTF8.GetString(Take(end + 1)[..end]);
    }

    public void Skip(ulong count) => Take(count > int.MaxValue ? int.MaxValue : (int)count);

    public ReadOnlySpan<byte> Take(int count)
    {
        if ((uint)count > (uint)(_section.Length - Position)) throw new InvalidDataException("a section ends too early");
        var taken = _section.Slice(Position, count);
        Position += count;
        return taken;
    }
}
