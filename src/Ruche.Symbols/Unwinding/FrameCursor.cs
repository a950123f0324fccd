// SPDX-License-Identifier: MIT
using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;

namespace Ruche.Symbols.Unwinding;

/// <summary>Reads the numbers of <c>.eh_frame</c> one after another. Every read is bounds-checked.</summary>
internal ref struct FrameCursor(ReadOnlySpan<byte> bytes, ulong address)
{
    private readonly ReadOnlySpan<byte> _bytes = bytes;

    /// <summary>How far it has come.</summary>
    public int Position { get; private set; }

    public readonly bool IsAtEnd => Position == _bytes.Length;

    /// <summary>The address of what is read next.</summary>
    public readonly ulong Address => address + (ulong)Position;

    public ReadOnlySpan<byte> Take(ulong count)
    {
        if (count > (ulong)(_bytes.Length - Position)) Refuse("it ends in the middle");
        var taken = _bytes.Slice(Position, (int)count);
        Position += (int)count;
        return taken;
    }

    /// <summary>The next bytes, with a cursor of their own.</summary>
    public FrameCursor Part(ulong count)
    {
        ulong start = Address;
        return new(Take(count), start);
    }

    public byte U8() => Take(1)[0];

    public ushort U16() => BinaryPrimitives.ReadUInt16LittleEndian(Take(sizeof(ushort)));

    public uint U32() => BinaryPrimitives.ReadUInt32LittleEndian(Take(sizeof(uint)));

    public ulong U64() => BinaryPrimitives.ReadUInt64LittleEndian(Take(sizeof(ulong)));

    /// <summary>A number in groups of seven bits, the lowest first.</summary>
    public ulong Unsigned()
    {
        ulong value = 0;
        for (int shift = 0; ; shift += 7)
        {
            byte next = U8();
            if (shift < 64) value |= (ulong)(next & 0x7f) << shift;
            if (next < 0x80) return value;
        }
    }

    /// <summary>A number in groups of seven bits, the sign in the last group's highest.</summary>
    public long Signed()
    {
        long value = 0;
        for (int shift = 0; ; shift += 7)
        {
            byte next = U8();
            if (shift < 64) value |= (long)(next & 0x7f) << shift;
            if (next >= 0x80) continue;
            return shift < 57 && (next & 0x40) != 0 ? value | -1L << (shift + 7) : value;
        }
    }

    /// <summary>A zero-terminated text of ASCII characters.</summary>
    public string Text()
    {
        int end = _bytes[Position..].IndexOf((byte)0);
        if (end < 0) Refuse("a text does not end");
        return System.Text.Encoding.ASCII.GetString(Take((ulong)end + 1)[..^1]);
    }

    /// <summary>A number in the form that a pointer has, without what it is relative to.</summary>
    public ulong Number(PointerEncoding encoding) => (PointerEncoding)((int)encoding & 0x0f) switch
    {
        PointerEncoding.Absolute or PointerEncoding.U64 or PointerEncoding.S64 => U64(),
        PointerEncoding.Unsigned => Unsigned(),
        PointerEncoding.Signed => (ulong)Signed(),
        PointerEncoding.U16 => U16(),
        PointerEncoding.U32 => U32(),
        PointerEncoding.S16 => (ulong)(short)U16(),
        PointerEncoding.S32 => (ulong)(int)U32(),
        _ => Refuse($"pointers of form 0x{(int)encoding:x2} are not known"),
    };

    /// <summary>A pointer, which may be relative to where it stands, or to <paramref name="header"/>, the address of <c>.eh_frame_hdr</c>.</summary>
    public ulong Pointer(PointerEncoding encoding, ulong? header = null)
    {
        ulong here = Address;
        ulong value = Number(encoding);
        return (PointerEncoding)((int)encoding & 0xf0) switch
        {
            PointerEncoding.Absolute => value,
            PointerEncoding.FromHere => here + value,
            PointerEncoding.FromHeader when header is { } start => start + value,
            _ => Refuse($"pointers of form 0x{(int)encoding:x2} are not known"),
        };
    }

    [DoesNotReturn]
    public static ulong Refuse(string why) => throw new InvalidDataException($".eh_frame: {why}");
}
