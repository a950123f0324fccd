// SPDX-License-Identifier: MIT
using System.Buffers.Binary;

namespace Ruche.Bpf.Compiler.Tests.Clang;

/// <summary>The same packets every time: a few hundred of Ethernet and IPv4 or IPv6, with TCP, UDP or pings, some cut short, some of other kinds, some of noise.</summary>
internal static class Packets
{
    private const int Ethernet = 14;
    private const int Internet = 20;
    private const int InternetSix = 40;

    public static IEnumerable<byte[]> Generate()
    {
        Random random = new(1);
        for (int i = 0; i < 400; i++) yield return random.Next(8) == 0 ? Noise(random) : Cut(random, Frame(random));
    }

    private static byte[] Noise(Random random)
    {
        byte[] packet = new byte[random.Next(Ethernet, 300)];
        random.NextBytes(packet);
        return packet;
    }

    private static byte[] Cut(Random random, byte[] packet) => random.Next(6) == 0 ? packet[..random.Next(Ethernet, packet.Length)] : packet;

    private static byte[] Frame(Random random)
    {
        byte[] packet = Noise(random);
        if (packet.Length < Ethernet + InternetSix + 60) Array.Resize(ref packet, Ethernet + InternetSix + 60 + random.Next(40));
        int kind = random.Next(12);
        var internet = Tagged(random, packet, (ushort)(kind < 2 ? 0x86dd : 0x0800));
        if (kind < 2) Six(random, internet);
        else Four(random, internet);
        return packet;
    }

    // Few packets carry a tag, or two.
    private static Span<byte> Tagged(Random random, byte[] packet, ushort type)
    {
        int at = 12;
        for (int tags = random.Next(10) == 0 ? random.Next(1, 3) : 0; tags > 0; tags--, at += 4) BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(at), (ushort)(tags == 2 ? 0x88a8 : 0x8100));
        BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(at), type);
        return packet.AsSpan(at + 2);
    }

    private static void Four(Random random, Span<byte> ip)
    {
        ip[0] = (byte)(random.Next(12) == 0 ? random.Next(256) : 0x45);
        ip[1] = (byte)random.Next(3);
        BinaryPrimitives.WriteUInt16BigEndian(ip[6..], (ushort)(random.Next(12) == 0 ? 0x2010 : 0x4000));
        ip[9] = (byte)(random.Next(8) == 0 ? 1 : random.Next(2) == 0 ? 6 : 17);
        (random.Next(3) switch
        {
            0 => (ReadOnlySpan<byte>)[10, 1, 2, (byte)random.Next(3)],
            1 => [192, 168, 7, (byte)random.Next(3)],
            _ => [172, 16, 0, (byte)random.Next(3)],
        }).CopyTo(ip[12..]);
        if (random.Next(2) == 0) ((ReadOnlySpan<byte>)[10, 9, 9, (byte)random.Next(3)]).CopyTo(ip[16..]);
        Transport(random, ip[Internet..], ip[9]);
    }

    // Some with a header or two in between.
    private static void Six(Random random, Span<byte> ip)
    {
        ip[0] = 0x60;
        ((ReadOnlySpan<byte>)[0x20, 1, 0xd, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, (byte)random.Next(3)]).CopyTo(ip[8..]);
        byte protocol = (byte)(random.Next(2) == 0 ? 6 : 17);
        int at = InternetSix, next = 6;
        for (int headers = random.Next(3); headers > 0; headers--)
        {
            ip[next] = (byte)(headers == 2 ? 0 : 60);
            ip[at + 1] = 0;
            (next, at) = (at, at + 8);
        }

        ip[next] = protocol;
        Transport(random, ip[at..], protocol);
    }

    private static void Transport(Random random, Span<byte> transport, byte protocol)
    {
        ReadOnlySpan<ushort> ports = [80, 443, 53, 53, 22, 7001, 8002, 9003];
        BinaryPrimitives.WriteUInt16BigEndian(transport[2..], ports[random.Next(ports.Length)]);
        if (protocol == 6) Options(random, transport);
        else if (protocol == 17) Question(random, transport[8..]);
        else transport[0] = (byte)(random.Next(3) == 0 ? 0 : 8);
    }

    // A question for a name of two parts, in letters of both cases.
    private static void Question(Random random, Span<byte> dns)
    {
        if (dns.Length < 24) return;
        ((ReadOnlySpan<byte>)[1, 0, 0, (byte)(random.Next(5) == 0 ? 2 : 1)]).CopyTo(dns[2..]);
        ((ReadOnlySpan<byte>)[3, .. (random.Next(3) switch { 0 => "www"u8, 1 => "Www"u8, _ => "API"u8 }), 2, .. "eu"u8, 0]).CopyTo(dns[12..]);
    }

    // A SYN more often than not, with options that are nothing, of other kinds, or the segment size.
    private static void Options(Random random, Span<byte> tcp)
    {
        tcp[12] = (byte)(random.Next(5, 11) << 4);
        tcp[13] = (byte)(random.Next(4) == 0 ? 0x10 : 0x02);
        var options = tcp[20..Math.Min(tcp.Length, 60)];
        for (int at = 0; at + 4 <= options.Length;)
        {
            int kind = random.Next(5);
            options[at] = (byte)kind;
            int length = kind switch { 0 or 1 => 1, 2 => 4, _ => random.Next(1, 8) };
            if (length > 1 || kind > 1) options[at + 1] = (byte)length;
            at += Math.Max(length, 1);
        }
    }
}
