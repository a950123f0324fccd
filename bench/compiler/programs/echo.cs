// SPDX-License-Identifier: MIT
/// <summary>Answers pings.</summary>
[BpfObject]
public static class Echo
{
    private const byte Request = 8, Reply = 0;

    [Xdp(Name = "echo")]
    private static XdpAction Answer(in XdpContext context)
    {
        Packet packet = context.Packet;
        ref EthernetHeader ethernet = ref packet.Next<EthernetHeader>();
        if (Bpf.IsNull(ref ethernet)) return XdpAction.Pass;
        ref IPv4Header ip = ref packet.Next<IPv4Header>();
        if (Bpf.IsNull(ref ip)) return XdpAction.Pass;
        ref IcmpHeader icmp = ref packet.Next<IcmpHeader>();
        if (Bpf.IsNull(ref icmp)) return XdpAction.Pass;
        if (ethernet.Type != EtherType.IPv4 || ip.HeaderLength != 20 || ip.Protocol != IPProtocol.Icmp || icmp.Type != Request) return XdpAction.Pass;
        (ethernet.Destination, ethernet.Source) = (ethernet.Source, ethernet.Destination);
        (ip.Source, ip.Destination) = (ip.Destination, ip.Source);
        icmp.Type = Reply;
        uint sum = (uint)(ushort)~icmp.Checksum.NetworkOrder + (ushort)~new NetworkUInt16(Request << 8).NetworkOrder;
        sum = (sum & 0xffff) + (sum >> 16);
        sum = (sum & 0xffff) + (sum >> 16);
        icmp.Checksum = NetworkUInt16.FromNetworkOrder((ushort)~sum);
        return XdpAction.Transmit;
    }
}
