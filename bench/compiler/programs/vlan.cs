// SPDX-License-Identifier: MIT
/// <summary>Looks through VLAN tags and IPv6 extension headers for the port, and lets only some through.</summary>
[BpfObject]
public static class Vlan
{
    [BpfMap(MaxEntries = 256)]
    private static readonly BpfHashMap<uint, uint> Ports;

    [Xdp(Name = "vlan")]
    private static XdpAction Filter(in XdpContext context)
    {
        Packet packet = context.Packet;
        if (!packet.TryRead(out EthernetHeader ethernet)) return XdpAction.Pass;
        NetworkUInt16 type = ethernet.Type;
        for (int i = 0; i < 2 && (type == EtherType.Vlan || type == EtherType.ServiceVlan); i++)
        {
            if (!packet.TryRead(out VlanHeader tag)) return XdpAction.Pass;
            type = tag.Type;
        }

        if (type != EtherType.IPv6 || !packet.TryRead(out IPv6Header ip)) return XdpAction.Pass;
        IPProtocol next = ip.NextHeader;
        for (int i = 0; i < 4 && (next is IPProtocol.HopByHop or IPProtocol.Routing or IPProtocol.DestinationOptions); i++)
        {
            if (!packet.TryPeek(out IPv6ExtensionHeader extension)) return XdpAction.Drop;
            next = extension.NextHeader;
            packet.Skip(extension.Length);
        }

        if (next is not (IPProtocol.Tcp or IPProtocol.Udp)) return XdpAction.Pass;
        if (!packet.TryRead(out UdpHeader udp)) return XdpAction.Drop;
        uint port = udp.Destination;
        ref uint verdict = ref Ports.Lookup(in port);
        if (!Bpf.IsNull(ref verdict)) return (XdpAction)verdict;
        return port < 1024 ? XdpAction.Drop : XdpAction.Pass;
    }
}
