// SPDX-License-Identifier: MIT
using System.Buffers.Binary;

namespace Ruche.Bpf.Objects.Images;

/// <summary>A growing image in one byte order. Not thread-safe.</summary>
internal sealed class ImageWriter(ByteOrder order, int capacity = 256)
{
    private readonly bool _little = order is ByteOrder.Little;
    private byte[] _image = new byte[Math.Max(capacity, 16)];

    public ByteOrder Order { get; } = order;

    /// <summary>How many bytes have been written.</summary>
    public int Length { get; private set; }

    public ReadOnlySpan<byte> Written => _image.AsSpan(0, Length);

    public void U8(byte value) => Reserve(sizeof(byte))[0] = value;

    public void U16(ushort value)
    {
        if (_little) BinaryPrimitives.WriteUInt16LittleEndian(Reserve(sizeof(ushort)), value);
        else BinaryPrimitives.WriteUInt16BigEndian(Reserve(sizeof(ushort)), value);
    }

    public void U32(uint value) => Put32(Reserve(sizeof(uint)), value);

    public void U64(ulong value)
    {
        if (_little) BinaryPrimitives.WriteUInt64LittleEndian(Reserve(sizeof(ulong)), value);
        else BinaryPrimitives.WriteUInt64BigEndian(Reserve(sizeof(ulong)), value);
    }

    public void I32(int value) => U32((uint)value);

    public void Bytes(ReadOnlySpan<byte> bytes) => bytes.CopyTo(Reserve(bytes.Length));

    /// <summary>Pads with zeros to a multiple of <paramref name="alignment"/>.</summary>
    public void Align(int alignment) => Reserve((alignment - Length % alignment) % alignment).Clear();

    /// <summary>Overwrites four bytes written earlier.</summary>
    public void PatchU32(int offset, uint value) => Put32(_image.AsSpan(offset, Length - offset), value);

    public byte[] ToArray() => Written.ToArray();

    private void Put32(Span<byte> target, uint value)
    {
        if (_little) BinaryPrimitives.WriteUInt32LittleEndian(target, value);
        else BinaryPrimitives.WriteUInt32BigEndian(target, value);
    }

    private Span<byte> Reserve(int count)
    {
        if (_image.Length - Length < count)
            Array.Resize(ref _image, Math.Max(checked(Length + count), _image.Length * 2));
        var room = _image.AsSpan(Length, count);
        Length += count;
        return room;
    }
}
