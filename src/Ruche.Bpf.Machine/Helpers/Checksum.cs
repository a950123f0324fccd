// SPDX-License-Identifier: MIT
using System.Buffers.Binary;

namespace Ruche.Bpf.Machine.Helpers;

/// <summary>Sums in ones' complement, as the Internet protocols have them (RFC 1071). A sum is kept in 32 bits until it is folded.</summary>
internal static class Checksum
{
    public static uint Add(uint left, uint right)
    {
        ulong sum = (ulong)left + right;
        return (uint)sum + (uint)(sum >> 32);
    }

    public static uint Subtract(uint left, uint right) => Add(left, ~right);

    /// <summary>The sum of bytes and what was summed before.</summary>
    public static uint Of(ReadOnlySpan<byte> bytes, uint before)
    {
        uint sum = before;
        for (; bytes.Length >= sizeof(uint); bytes = bytes[sizeof(uint)..]) sum = Add(sum, BinaryPrimitives.ReadUInt32LittleEndian(bytes));
        Span<byte> rest = stackalloc byte[sizeof(uint)];
        rest.Clear();
        bytes.CopyTo(rest);
        return Add(sum, BinaryPrimitives.ReadUInt32LittleEndian(rest));
    }

    public static ushort FoldPlain(uint sum)
    {
        sum = (sum & 0xffff) + (sum >> 16);
        return (ushort)(sum + (sum >> 16));
    }

    /// <summary>What a header's field holds for a sum.</summary>
    public static ushort Fold(uint sum) => (ushort)~FoldPlain(sum);

    /// <summary>A header's field after two bytes that it covers have changed.</summary>
    public static ushort Replace2(ushort field, ushort from, ushort to) => (ushort)~Add16(Add16((ushort)~field, (ushort)~from), to);

    /// <summary>A header's field after four bytes that it covers have changed.</summary>
    public static ushort Replace4(ushort field, uint from, uint to) => Fold(Add(Subtract((ushort)~field, from), to));

    /// <summary>A header's field after what it covers has changed by a difference of sums.</summary>
    public static ushort ReplaceByDifference(ushort field, uint difference) => Fold(Add(difference, (ushort)~field));

    private static ushort Add16(ushort left, ushort right)
    {
        int sum = left + right;
        return (ushort)(sum + (sum >> 16));
    }
}
