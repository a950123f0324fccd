// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Objects.Images;

/// <summary>
/// Forward cursor over an untrusted image. Every read is bounds-checked; a read past the end throws
/// <see cref="Diagnostics.InvalidObjectException"/> with the source's id and the offset.
/// </summary>
internal ref struct ImageReader<TOrder>(ReadOnlySpan<byte> image, ImageSource source)
    where TOrder : struct, IByteOrder
{
    private readonly ReadOnlySpan<byte> _image = image;
    private readonly ImageSource _source = source;

    /// <summary>Where the next read starts.</summary>
    public int Position { get; private set; }

    /// <summary>How many bytes are left.</summary>
    public readonly int Remaining => _image.Length - Position;

    public readonly ImageSource Source => _source;

    public ReadOnlySpan<byte> Take(int count)
    {
        if ((uint)count > (uint)Remaining) _source.ThrowTruncated((uint)count, Remaining, Position);
        var taken = _image.Slice(Position, count);
        Position += count;
        return taken;
    }

    public byte U8() => Take(sizeof(byte))[0];

    public ushort U16() => TOrder.U16(Take(sizeof(ushort)));

    public uint U32() => TOrder.U32(Take(sizeof(uint)));

    public ulong U64() => TOrder.U64(Take(sizeof(ulong)));

    public int I32() => (int)U32();

    public long I64() => (long)U64();

    public void Skip(int count) => Take(count);

    /// <summary>Moves to <paramref name="offset"/> from the start; the end itself is a valid place.</summary>
    public void Seek(long offset)
    {
        if ((ulong)offset > (ulong)_image.Length) _source.ThrowTruncated(offset, _image.Length, 0);
        Position = (int)offset;
    }

    /// <summary>A part of the image, checked against its bounds; the cursor does not move.</summary>
    public readonly ReadOnlySpan<byte> Slice(ulong offset, ulong length)
    {
        if (offset > (ulong)_image.Length) _source.ThrowTruncated(0, 0, (long)Math.Min(offset, long.MaxValue));
        ulong left = (ulong)_image.Length - offset;
        if (length > left) _source.ThrowTruncated((long)Math.Min(length, long.MaxValue), (long)left, (long)offset);
        return _image.Slice((int)offset, (int)length);
    }
}
