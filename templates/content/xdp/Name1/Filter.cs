namespace Name1;

/// <summary>Drops packets to UDP ports that are listed, and counts them.</summary>
[BpfObject]
public static class Filter
{
    /// <summary>The ports, and how many packets to each were dropped.</summary>
    [BpfMap(MaxEntries = 1024)]
    private static readonly BpfHashMap<ushort, ulong> Blocked = default;

    [Xdp]
    public static XdpAction Decide(in XdpContext context)
    {
        Packet packet = context.Packet;
        if (!packet.TryRead(out EthernetHeader ethernet) || ethernet.Type != EtherType.IPv4) return XdpAction.Pass;
        if (!packet.TryPeek(out IPv4Header ip) || ip.Protocol != IPProtocol.Udp || ip.IsLaterFragment) return XdpAction.Pass;
        packet.Skip(ip.HeaderLength);
        if (!packet.TryRead(out UdpHeader udp)) return XdpAction.Pass;
        ref ulong dropped = ref Blocked.Lookup(udp.Destination.Value);
        if (Bpf.IsNull(ref dropped)) return XdpAction.Pass;
        Interlocked.Increment(ref dropped);
        return XdpAction.Drop;
    }
}
