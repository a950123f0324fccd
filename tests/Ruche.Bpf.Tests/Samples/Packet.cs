// SPDX-License-Identifier: MIT
using System.Buffers.Binary;
using System.Net;

namespace Ruche.Bpf.Tests.Samples;

/// <summary>Packets as they come off the wire, as far as the samples read them.</summary>
internal static class Packet
{
    public const byte Icmp = 1;
    public const byte Tcp = 6;
    public const byte Udp = 17;

    private const int Ipv4 = 0x0800;
    private const int Ipv6 = 0x86dd;
    private const int Vlan = 0x8100;
    private const int ServiceVlan = 0x88a8;
    private const int Arp = 0x0806;
    private const byte HopByHop = 0;

    private static readonly byte[] Payload = new byte[20];

    public static byte[] OverIpv4(byte protocol, string source = "10.0.0.1") => [.. Ethernet(Ipv4), .. Ipv4Header(protocol, source)];

    public static byte[] OverIpv6(byte protocol, string source = "fd00::1") => [.. Ethernet(Ipv6), .. Ipv6Header(protocol, source), .. Payload];

    /// <summary>With an extension header of 16 bytes between the two.</summary>
    public static byte[] OverIpv6Options(byte protocol) =>
        [.. Ethernet(Ipv6), .. Ipv6Header(HopByHop, "fd00::1"), protocol, 1, .. new byte[14], .. Payload];

    public static byte[] InVlan(byte protocol) => [.. Ethernet(Vlan), .. Tag(Ipv4), .. Ipv4Header(protocol, "10.0.0.1")];

    public static byte[] InTwoVlans(byte protocol) =>
        [.. Ethernet(ServiceVlan), .. Tag(Vlan), .. Tag(Ipv4), .. Ipv4Header(protocol, "10.0.0.1")];

    public static byte[] NotIp() => [.. Ethernet(Arp), .. new byte[46]];

    /// <summary>Says IPv4, and ends in the middle of the header.</summary>
    public static byte[] CutShort() => [.. Ethernet(Ipv4), .. new byte[10]];

    private static byte[] Ethernet(int type) => [.. new byte[12], .. BigEndian(type)];

    private static byte[] Tag(int type) => [0, 7, .. BigEndian(type)];

    private static byte[] Ipv4Header(byte protocol, string source) =>
        [0x45, 0, 0, 40, 0, 0, 0, 0, 64, protocol, 0, 0, .. IPAddress.Parse(source).GetAddressBytes(), 10, 0, 0, 2, .. Payload];

    private static byte[] Ipv6Header(byte next, string source) =>
        [0x60, 0, 0, 0, 0, 20, next, 64, .. IPAddress.Parse(source).GetAddressBytes(), .. new byte[16]];

    private static byte[] BigEndian(int value)
    {
        byte[] bytes = new byte[2];
        BinaryPrimitives.WriteUInt16BigEndian(bytes, (ushort)value);
        return bytes;
    }
}
