// SPDX-License-Identifier: MIT
using System.Buffers.Binary;

namespace Ruche.Bpf.Compiler.Tests.Clang;

/// <summary>The same packets every time: a few hundred of Ethernet and IPv4 with TCP or UDP, some cut short, some of other kinds, some of noise.</summary>
internal static class Packets
{
    private const int Ethernet = 14;
    private const int Internet = 20;

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
        if (packet.Length < Ethernet + Internet + 40) Array.Resize(ref packet, Ethernet + Internet + 40 + random.Next(40));
        BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(12), (ushort)(random.Next(12) == 0 ? 0x86dd : 0x0800));
        var ip = packet.AsSpan(Ethernet);
        ip[0] = (byte)(random.Next(12) == 0 ? random.Next(256) : 0x45);
        BinaryPrimitives.WriteUInt16BigEndian(ip[6..], (ushort)(random.Next(12) == 0 ? 0x2010 : 0x4000));
        ip[9] = (byte)(random.Next(8) == 0 ? 1 : random.Next(2) == 0 ? 6 : 17);
        (random.Next(3) switch
        {
            0 => (ReadOnlySpan<byte>)[10, 1, 2, (byte)random.Next(3)],
            1 => [192, 168, 7, (byte)random.Next(3)],
            _ => [172, 16, 0, (byte)random.Next(3)],
        }).CopyTo(ip[12..]);
        var transport = ip[Internet..];
        BinaryPrimitives.WriteUInt16BigEndian(transport[2..], (ushort)(random.Next(3) switch { 0 => 80, 1 => 443, _ => 53 }));
        if (ip[9] == 6) Options(random, transport);
        return packet;
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
