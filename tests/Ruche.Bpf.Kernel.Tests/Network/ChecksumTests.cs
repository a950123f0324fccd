// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;

namespace Ruche.Bpf.Kernel.Tests.Network;

/// <summary>The checksum of IP.</summary>
public sealed class ChecksumTests
{
    // RFC 1071's way, over bytes as they stand in a packet.
    private static ushort Plain(ReadOnlySpan<byte> bytes)
    {
        uint sum = 0;
        for (int i = 0; i < bytes.Length; i += 2) sum += (uint)((bytes[i] << 8) | bytes[i + 1]);
        while (sum >> 16 != 0) sum = (sum & 0xffff) + (sum >> 16);
        return (ushort)~sum;
    }

    [Fact]
    public void A_headers_checksum_is_what_the_sum_of_its_bytes_gives()
    {
        IPv4Header header = Header();

        Assert.Equal(Plain(Bytes(in header)), Checksum.Of(in header).Value);
    }

    [Theory]
    [InlineData(10, 1, 2, 3)]
    [InlineData(0, 0, 0, 0)]
    [InlineData(255, 255, 255, 255)]
    public void A_checksum_follows_a_change(byte a, byte b, byte c, byte d)
    {
        IPv4Header header = Header();
        NetworkUInt16 before = Checksum.Of(in header);
        IPv4Address from = header.Source, to = IPv4Address.Of(a, b, c, d);

        header.Source = to;

        Assert.Equal(Plain(Bytes(in header)), Checksum.Replace(before, from, to).Value);
    }

    [Fact]
    public void A_checksum_follows_a_change_of_two_bytes()
    {
        IPv4Header header = Header();
        NetworkUInt16 before = Checksum.Of(in header), from = header.TotalLength;

        header.TotalLength = 1400;

        Assert.Equal(Plain(Bytes(in header)), Checksum.Replace(before, from, header.TotalLength).Value);
    }

    private static IPv4Header Header() => new()
    {
        VersionAndLength = 0x45,
        TotalLength = 84,
        Identification = 0xbeef,
        FragmentOffset = 0x4000,
        TimeToLive = 64,
        Protocol = IPProtocol.Icmp,
        Source = IPv4Address.Of(192, 168, 1, 2),
        Destination = IPv4Address.Of(8, 8, 4, 4),
    };

    private static ReadOnlySpan<byte> Bytes(in IPv4Header header) => MemoryMarshal.AsBytes(new ReadOnlySpan<IPv4Header>(in header));
}
