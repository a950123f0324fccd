// SPDX-License-Identifier: MIT
using Ruche.Bpf.Objects.Images;

namespace Ruche.Bpf.Objects.Btf;

/// <summary>Where the parts of a BTF image lie, checked against its bounds.</summary>
internal readonly record struct BtfHeader(ByteOrder Order, Range Types, Range Strings, Range Layout)
{
    public const ushort Magic = 0xeb9f;
    public const int Size = 24;

    /// <summary>Length of a header that also says where the layout of the kinds is (Linux 7.1).</summary>
    public const int SizeWithLayout = 32;

    public static BtfHeader Read(ReadOnlySpan<byte> image, ImageSource source)
    {
        if (image.Length < Size) source.ThrowTruncated(Size, image.Length, 0);
        return LittleEndian.U16(image) == Magic ? Read<LittleEndian>(image, source)
            : BigEndian.U16(image) == Magic ? Read<BigEndian>(image, source)
            : throw new Diagnostics.InvalidObjectException(source.Error(
                BtfDiagnostics.BadHeader, $"expected the magic 0x{Magic:x4}, found 0x{LittleEndian.U16(image):x4}", 0));
    }

    private static BtfHeader Read<TOrder>(ReadOnlySpan<byte> image, ImageSource source)
        where TOrder : struct, IByteOrder
    {
        ImageReader<TOrder> reader = new(image, source);
        reader.Skip(sizeof(ushort));
        byte version = reader.U8();
        if (version != 1) source.Throw(BtfDiagnostics.BadHeader, $"expected version 1, found {version}", 2);
        reader.Skip(1); // flags: no meaning has been given to any that concerns a reader
        uint length = reader.U32();
        if (length < Size || length > image.Length)
            source.Throw(BtfDiagnostics.BadHeader, $"expected a header of {Size} to {image.Length} bytes, found {length}", 4);
        var types = Part(ref reader, length, "type");
        var strings = Part(ref reader, length, "string");
        var layout = length >= SizeWithLayout ? Part(ref reader, length, "layout") : default;
        return new(TOrder.Order, types, strings, layout);
    }

    private static Range Part<TOrder>(ref ImageReader<TOrder> reader, uint headerLength, string what)
        where TOrder : struct, IByteOrder
    {
        int at = reader.Position;
        uint offset = reader.U32();
        uint length = reader.U32();
        long total = reader.Position + (long)reader.Remaining;
        long start = headerLength + (long)offset;
        if (start + length > total)
            reader.Source.Throw(BtfDiagnostics.Truncated, $"expected {length} bytes of {what} section at {start}, the image has {total}", at);
        return (int)start..(int)(start + length);
    }
}
