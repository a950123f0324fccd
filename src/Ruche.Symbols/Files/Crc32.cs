// SPDX-License-Identifier: MIT
namespace Ruche.Symbols.Files;

/// <summary>The check sum by which a file names its debug file.</summary>
internal static class Crc32
{
    private const uint Polynomial = 0xedb88320;
    private static readonly uint[] Table = [.. Enumerable.Range(0, 256).Select(value => Entry((uint)value))];

    /// <summary>The sum of bytes that follow others, whose sum is given; 0 for none.</summary>
    public static uint Update(uint sum, ReadOnlySpan<byte> bytes)
    {
        sum = ~sum;
        foreach (byte value in bytes) sum = Table[(byte)(sum ^ value)] ^ sum >> 8;
        return ~sum;
    }

    private static uint Entry(uint value)
    {
        for (int bit = 0; bit < 8; bit++) value = (value & 1) != 0 ? value >> 1 ^ Polynomial : value >> 1;
        return value;
    }
}
