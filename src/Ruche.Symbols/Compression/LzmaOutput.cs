// SPDX-License-Identifier: MIT
namespace Ruche.Symbols.Compression;

/// <summary>Decompressed bytes, which later ones refer back to.</summary>
internal sealed class LzmaOutput(int longest)
{
    private byte[] _bytes = new byte[64 * 1024];
    private int _origin;

    public int Length { get; private set; }

    /// <summary>How many bytes there are to refer back to.</summary>
    public int Position => Length - _origin;

    public ReadOnlyMemory<byte> Bytes => _bytes.AsMemory(0, Length);

    /// <summary>Makes room for so many more.</summary>
    public void Expect(int count)
    {
        if (count > longest - Length) throw new InvalidDataException($"the data decompresses to more than {longest} bytes");
        if (Length + count > _bytes.Length) Array.Resize(ref _bytes, (int)Math.Min(longest, Math.Max(2L * _bytes.Length, Length + count)));
    }

    /// <summary>Forbids to refer back to what there is so far.</summary>
    public void Restart() => _origin = Length;

    public void Add(byte value) => _bytes[Length++] = value;

    public void Add(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(_bytes.AsSpan(Length));
        Length += bytes.Length;
    }

    /// <summary>The byte so far before the last one.</summary>
    public byte Back(uint distance) => distance < (uint)Position
        ? _bytes[Length - 1 - (int)distance]
        : throw new InvalidDataException("a match starts before the data");

    /// <summary>Adds again what lies so far before the end; the two may overlap.</summary>
    public void Repeat(uint distance, int length)
    {
        _ = Back(distance);
        int from = Length - 1 - (int)distance;
        for (int i = 0; i < length; i++) _bytes[Length + i] = _bytes[from + i];
        Length += length;
    }
}
