// SPDX-License-Identifier: MIT
using System.Numerics;

/// <summary>A balancer: a flow's hash chooses a backend out of a table, and the packet goes there inside another.</summary>
[BpfObject]
public static class Balancer
{
    private const uint Slots = 251;

    private struct Backend
    {
        public IPv4Address Address;
        public MacAddress Mac;
        public ushort Unused;
    }

    [BpfMap(MaxEntries = Slots)]
    private static readonly BpfArray<uint> Table;

    [BpfMap(MaxEntries = 16)]
    private static readonly BpfArray<Backend> Backends;

    [Xdp]
    private static unsafe XdpAction Balance(in XdpContext context)
    {
        Packet packet = context.Packet;
        if (!packet.TryRead(out EthernetHeader ethernet) || !packet.TryRead(out IPv4Header ip) || !packet.TryRead(out uint ports)) return XdpAction.Pass;
        if (ethernet.Type != EtherType.IPv4 || ip.HeaderLength != 20 || (ip.Protocol != IPProtocol.Tcp && ip.Protocol != IPProtocol.Udp)) return XdpAction.Pass;
        ref uint number = ref Table.Lookup(Mix(Mix(Mix(0, ip.Source.NetworkOrder), ip.Destination.NetworkOrder), ports) % Slots);
        if (Bpf.IsNull(ref number)) return XdpAction.Drop;
        ref Backend backend = ref Backends.Lookup(number);
        if (Bpf.IsNull(ref backend)) return XdpAction.Drop;
        if (Bpf.XdpAdjustHead(in context, -sizeof(IPv4Header)) != 0) return XdpAction.Drop;
        packet = context.Packet;
        ref EthernetHeader outerEthernet = ref packet.Next<EthernetHeader>();
        if (Bpf.IsNull(ref outerEthernet)) return XdpAction.Drop;
        ref IPv4Header outer = ref packet.Next<IPv4Header>();
        if (Bpf.IsNull(ref outer)) return XdpAction.Drop;
        outerEthernet.Source = ethernet.Destination;
        outerEthernet.Destination = backend.Mac;
        outerEthernet.Type = EtherType.IPv4;
        IPv4Header header = new()
        {
            VersionAndLength = 0x45,
            TotalLength = (ushort)(ip.TotalLength + sizeof(IPv4Header)),
            TimeToLive = 64,
            Protocol = IPProtocol.IPv4,
            Source = ip.Destination,
            Destination = backend.Address,
        };
        header.Checksum = Checksum.Of(in header);
        outer = header;
        return XdpAction.Transmit;
    }

    private static uint Mix(uint hash, uint word)
    {
        word = BitOperations.RotateLeft(word * 0xcc9e2d51, 15);
        return BitOperations.RotateLeft(hash ^ (word * 0x1b873593), 13) * 5 + 0xe6546b64;
    }
}
