// SPDX-License-Identifier: MIT
/// <summary>Drops the SYNs of a source that sends far more of them than it acknowledges.</summary>
[BpfObject]
public static class SynFlood
{
    [BpfMap(MaxEntries = 4096)]
    private static readonly BpfLruHashMap<IPv4Address, long> Open;

    [Xdp(Name = "synflood")]
    private static XdpAction Guard(in XdpContext context)
    {
        Packet packet = context.Packet;
        if (!packet.TryRead(out EthernetHeader ethernet) || !packet.TryRead(out IPv4Header ip) || !packet.TryRead(out TcpHeader tcp)) return XdpAction.Pass;
        if (ethernet.Type != EtherType.IPv4 || ip.HeaderLength != 20 || ip.Protocol != IPProtocol.Tcp) return XdpAction.Pass;
        ref long count = ref Open.Lookup(ip.Source);
        bool isKnown = !Bpf.IsNull(ref count);
        if (tcp.IsSyn && !tcp.IsAck)
        {
            if (!isKnown)
            {
                Open.Update(ip.Source, 1);
                return XdpAction.Pass;
            }

            if (count >= 8) return XdpAction.Drop;
            Interlocked.Increment(ref count);
        }
        else if (tcp.IsAck && isKnown && count > 0)
        {
            Interlocked.Decrement(ref count);
        }

        return XdpAction.Pass;
    }
}
