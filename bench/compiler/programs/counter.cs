// SPDX-License-Identifier: MIT
/// <summary>Counts packets and bytes by source address.</summary>
[BpfObject]
public static class Counter
{
    private struct Traffic
    {
        public ulong Packets, Bytes;
    }

    [BpfMap(Name = "counts", MaxEntries = 1024)]
    private static readonly BpfHashMap<IPv4Address, Traffic> Counts;

    [Xdp(Name = "counter")]
    private static XdpAction Count(in XdpContext context)
    {
        Packet packet = context.Packet;
        ulong length = (ulong)packet.Remaining;
        if (!packet.TryRead(out EthernetHeader ethernet) || !packet.TryRead(out IPv4Header ip) || ethernet.Type != EtherType.IPv4) return XdpAction.Pass;
        ref Traffic known = ref Counts.Lookup(ip.Source);
        if (!Bpf.IsNull(ref known))
        {
            Interlocked.Increment(ref known.Packets);
            Interlocked.Add(ref known.Bytes, length);
            return XdpAction.Drop;
        }

        Counts.Update(ip.Source, new() { Packets = 1, Bytes = length });
        return XdpAction.Pass;
    }
}
