// SPDX-License-Identifier: MIT
using System.Buffers.Binary;

namespace Ruche.Symbols.Compression;

/// <summary>
/// Decompresses a small <c>.xz</c> file: LZMA2 without further filters, which is what mini debug information is made with. Check sums are
/// not compared: what is read from the result is checked anyway.
/// </summary>
internal static class XzDecoder
{
    private const ulong Lzma2 = 0x21;
    private const int StreamHeaderSize = 12;

    private static ReadOnlySpan<byte> Magic => [0xfd, (byte)'7', (byte)'z', (byte)'X', (byte)'Z', 0];

    private static ReadOnlySpan<byte> CheckSizes => [0, 4, 4, 4, 8, 8, 8, 16, 16, 16, 32, 32, 32, 64, 64, 64];

    /// <summary>The decompressed bytes.</summary>
    /// <exception cref="InvalidDataException">The data is not of that form, or decompresses to more than <paramref name="longest"/> bytes.</exception>
    public static ReadOnlyMemory<byte> Decode(ReadOnlySpan<byte> data, int longest)
    {
        if (data.Length < StreamHeaderSize || !data.StartsWith(Magic)) throw new InvalidDataException("the data is not compressed by xz");
        int check = CheckSizes[data[7] & 0xf];
        LzmaOutput output = new(longest);
        int position = StreamHeaderSize;

        // A block starts with the length of its header; the index after the last block starts with a zero.
        while (position < data.Length && data[position] != 0)
        {
            position += BlockHeader(data[position..]);
            position += Lzma2Chunks(data[position..], output);
            position = (position + 3 & ~3) + check;
        }

        if (position >= data.Length) throw new InvalidDataException("the compressed data has no end");
        return output.Bytes;
    }

    private static int BlockHeader(ReadOnlySpan<byte> data)
    {
        int length = (data[0] + 1) * 4;
        if (length > data.Length) throw new InvalidDataException("the compressed data ends within a block");
        var header = data[2..length];
        if ((data[1] & 0x3f) != 0) throw new InvalidDataException("the compressed data needs other filters than LZMA2");
        if ((data[1] & 0x40) != 0) Number(ref header);
        if ((data[1] & 0x80) != 0) Number(ref header);
        if (Number(ref header) != Lzma2) throw new InvalidDataException("the compressed data is not LZMA2");
        return length;
    }

    private static ulong Number(ref ReadOnlySpan<byte> bytes)
    {
        ulong value = 0;
        for (int i = 0; i < 9 && i < bytes.Length; i++)
        {
            value |= (ulong)(bytes[i] & 0x7f) << (7 * i);
            if ((bytes[i] & 0x80) != 0) continue;
            bytes = bytes[(i + 1)..];
            return value;
        }

        throw new InvalidDataException("a number of the compressed data has no end");
    }

    private static int Lzma2Chunks(ReadOnlySpan<byte> data, LzmaOutput output)
    {
        LzmaDecoder decoder = new(output);
        int position = 0;
        while (true)
        {
            byte control = Take(data, position, 1)[0];
            if (control == 0) return position + 1;
            if (control >= 0x80) position += Compressed(data, position, control, decoder, output);
            else if (control <= 2) position += Plain(data, position, output);
            else throw new InvalidDataException($"the compressed data has a chunk of unknown kind {control}");
        }
    }

    private static int Plain(ReadOnlySpan<byte> data, int position, LzmaOutput output)
    {
        int size = BinaryPrimitives.ReadUInt16BigEndian(Take(data, position + 1, 2)) + 1;
        output.Expect(size);
        if (data[position] == 1) output.Restart();
        output.Add(Take(data, position + 3, size));
        return 3 + size;
    }

    private static int Compressed(ReadOnlySpan<byte> data, int position, byte control, LzmaDecoder decoder, LzmaOutput output)
    {
        var header = Take(data, position + 1, 5);
        int size = ((control & 0x1f) << 16) + BinaryPrimitives.ReadUInt16BigEndian(header) + 1;
        int packed = BinaryPrimitives.ReadUInt16BigEndian(header[2..]) + 1;
        int reset = control >> 5 & 3;
        int headerSize = reset >= 2 ? 6 : 5;
        if (reset >= 2) decoder.SetProperties(header[4]);
        if (reset == 3) output.Restart();
        if (reset >= 1) decoder.ResetState();
        output.Expect(size);
        decoder.Decode(Take(data, position + headerSize, packed), size);
        return headerSize + packed;
    }

    private static ReadOnlySpan<byte> Take(ReadOnlySpan<byte> data, int start, int length) => length <= data.Length - start
        ? data.Slice(start, length)
        : throw new InvalidDataException("the compressed data ends too early");
}
