// SPDX-License-Identifier: MIT
using System.Buffers.Binary;

namespace Ruche.Trace.Output.Values;

/// <summary>Addresses of networks.</summary>
internal static class AddressText
{
    private const uint VersionFour = 2;
    private const int Groups = 8;

    /// <summary>The family, then the address as on the wire; IPv6 as inet_ntop writes it.</summary>
    public static void AppendInternet(OutputBuffer buffer, ReadOnlySpan<byte> value)
    {
        var address = value[sizeof(uint)..];
        if (BinaryPrimitives.ReadUInt32LittleEndian(value) == VersionFour) AppendVersionFour(buffer, address);
        else AppendVersionSix(buffer, address[..16]);
    }

    /// <summary><c>00:1A:2B:3C:4D:5E</c></summary>
    public static void AppendHardware(OutputBuffer buffer, ReadOnlySpan<byte> value)
    {
        for (int i = 0; i < 6; i++)
        {
            if (i > 0) buffer.Append((byte)':');
            buffer.Append("0123456789ABCDEF"u8[value[i] >> 4]);
            buffer.Append("0123456789ABCDEF"u8[value[i] & 15]);
        }
    }

    private static void AppendVersionFour(OutputBuffer buffer, ReadOnlySpan<byte> address)
    {
        for (int i = 0; i < 4; i++)
        {
            if (i > 0) buffer.Append((byte)'.');
            buffer.AppendDecimal((ulong)address[i]);
        }
    }

    private static void AppendVersionSix(OutputBuffer buffer, ReadOnlySpan<byte> address)
    {
        var (start, length) = LongestZeros(address);
        // Addresses of version 4 inside end as such.
        bool endsInFour = start == 0 && (length == 6 || (length == 5 && GroupAt(address, 5) == 0xffff));
        int groups = endsInFour ? 6 : Groups;
        for (int i = 0; i < groups; i++)
        {
            if (i == start)
            {
                buffer.Append("::"u8);
                i += length - 1;
                continue;
            }

            if (i > 0 && i != start + length) buffer.Append((byte)':');
            buffer.AppendHex(GroupAt(address, i));
        }

        if (!endsInFour) return;
        if (length == 5) buffer.Append((byte)':');
        AppendVersionFour(buffer, address[12..]);
    }

    /// <summary>The first of the longest runs of zeros that are longer than one; it begins nowhere when there is none.</summary>
    private static (int Start, int Length) LongestZeros(ReadOnlySpan<byte> address)
    {
        var longest = (Start: -1, Length: 1);
        int run = 0;
        for (int i = 0; i < Groups; i++)
        {
            run = GroupAt(address, i) == 0 ? run + 1 : 0;
            if (run > longest.Length) longest = (i - run + 1, run);
        }

        return longest;
    }

    private static ushort GroupAt(ReadOnlySpan<byte> address, int group) => BinaryPrimitives.ReadUInt16BigEndian(address[(group * 2)..]);
}
