// SPDX-License-Identifier: MIT
using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace Ruche.Samples.Tests;

/// <summary>Packets with Ethernet, IP and TCP headers, as far as programs look at them.</summary>
internal static class Packets
{
    public const byte Icmp = 1, Tcp = 6, Udp = 17;

    public static byte[] Ip(string source, byte protocol = Udp) => IPAddress.Parse(source) is { AddressFamily: AddressFamily.InterNetwork } address
        ? [.. new byte[12], 0x08, 0x00, 0x45, 0, 0, 40, 0, 0, 0, 0, 64, protocol, 0, 0, .. address.GetAddressBytes(), 10, 0, 0, 2, .. new byte[20]]
        : [.. new byte[12], 0x86, 0xdd, 0x60, 0, 0, 0, 0, 20, protocol, 64, .. IPAddress.Parse(source).GetAddressBytes(), .. IPAddress.IPv6Loopback.GetAddressBytes(), .. new byte[20]];

    /// <summary>Asks for a connection.</summary>
    public static byte[] Syn(string source, ushort port)
    {
        byte[] packet = Ip(source, Tcp);
        BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(36), port);
        packet[46] = 5 << 4;
        packet[47] = 2;
        return packet;
    }

    public static byte[] Arp { get; } = [.. new byte[12], 0x08, 0x06, .. new byte[46]];
}
