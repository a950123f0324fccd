// SPDX-License-Identifier: MIT
using System.Numerics;
using System.Runtime.CompilerServices;

/// <summary>Jenkins' hash of a packet's addresses and ports, which chooses one of 16 backends.</summary>
[BpfObject]
public static class Jenkins
{
    [Xdp(Name = "jhash")]
    private static int Choose(in XdpContext context)
    {
        Packet packet = context.Packet;
        if (!packet.TryRead(out EthernetHeader _) || !packet.TryRead(out IPv4Header ip) || !packet.TryRead(out uint ports)) return -1;
        uint source = Unsafe.As<IPv4Address, uint>(ref ip.Source), destination = Unsafe.As<IPv4Address, uint>(ref ip.Destination);
        return (int)(Hash(source, destination, ports, (uint)ip.Protocol) & 15);
    }

    private static uint Hash(uint a, uint b, uint c, uint seed)
    {
        seed += 0xdeadbeef + 12;
        a += seed;
        b += seed;
        c += seed;
        c ^= b;
        c -= BitOperations.RotateLeft(b, 14);
        a ^= c;
        a -= BitOperations.RotateLeft(c, 11);
        b ^= a;
        b -= BitOperations.RotateLeft(a, 25);
        c ^= b;
        c -= BitOperations.RotateLeft(b, 16);
        a ^= c;
        a -= BitOperations.RotateLeft(c, 4);
        b ^= a;
        b -= BitOperations.RotateLeft(a, 14);
        c ^= b;
        c -= BitOperations.RotateLeft(b, 24);
        return c;
    }
}
