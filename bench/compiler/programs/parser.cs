// SPDX-License-Identifier: MIT
/// <summary>Whether a packet is for a port that is served: Ethernet, IPv4 with options, TCP or UDP.</summary>
[BpfObject]
public static class Parser
{
    [Xdp(Name = "parser")]
    private static XdpAction Parse(in XdpContext context)
    {
        Packet packet = context.Packet;
        if (!packet.TryRead(out EthernetHeader ethernet) || !packet.TryPeek(out IPv4Header ip) || ethernet.Type != EtherType.IPv4) return XdpAction.Pass;
        if (ip.Version != 4 || ip.HeaderLength < 20) return XdpAction.Drop;
        if (ip.IsLaterFragment) return XdpAction.Drop;
        packet.Skip(ip.HeaderLength);
        NetworkUInt16 port;
        switch (ip.Protocol)
        {
            case IPProtocol.Tcp:
                if (!packet.TryRead(out TcpHeader tcp)) return XdpAction.Drop;
                port = tcp.Destination;
                break;
            case IPProtocol.Udp:
                if (!packet.TryRead(out UdpHeader udp)) return XdpAction.Drop;
                port = udp.Destination;
                break;
            default:
                return XdpAction.Pass;
        }

        return port == 443 || port == 80 ? XdpAction.Transmit : XdpAction.Pass;
    }
}
