// SPDX-License-Identifier: MIT
/// <summary>Packets, bytes and the last time of each UDP flow, each CPU for itself.</summary>
[BpfObject]
public static class UdpFlows
{
    private struct Flow
    {
        public IPv4Address Source, Target;
        public NetworkUInt16 SourcePort, TargetPort;
    }

    private struct Traffic
    {
        public ulong Packets, Bytes, Last;
    }

    [BpfMap(MaxEntries = 4096)]
    private static readonly BpfLruPerCpuHashMap<Flow, Traffic> Flows;

    [Xdp]
    private static XdpAction CountFlow(in XdpContext context)
    {
        Packet packet = context.Packet;
        if (!packet.TryRead(out EthernetHeader ethernet) || !packet.TryRead(out IPv4Header ip) || !packet.TryRead(out UdpHeader udp)) return XdpAction.Pass;
        if (ethernet.Type != EtherType.IPv4 || ip.HeaderLength != 20 || ip.Protocol != IPProtocol.Udp) return XdpAction.Pass;
        Flow flow = new() { Source = ip.Source, Target = ip.Destination, SourcePort = udp.Source, TargetPort = udp.Destination };
        ulong now = Bpf.KtimeGetNs();
        ref Traffic known = ref Flows.Lookup(in flow);
        if (!Bpf.IsNull(ref known))
        {
            known.Packets++;
            known.Bytes += ip.TotalLength;
            known.Last = now;
            return XdpAction.Pass;
        }

        Flows.Update(in flow, new() { Packets = 1, Bytes = ip.TotalLength, Last = now }, UpdateMode.Add);
        return XdpAction.Pass;
    }
}
