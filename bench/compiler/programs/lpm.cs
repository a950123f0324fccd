// SPDX-License-Identifier: MIT
/// <summary>Drops what comes from a listed network, or what goes to one.</summary>
[BpfObject]
public static class Lpm
{
    [BpfMap(Name = "networks", MaxEntries = 1024)]
    private static readonly BpfLpmTrie<LpmKey<IPv4Address>, uint> Networks;

    [Xdp(Name = "lpm")]
    private static int Filter(in XdpContext context)
    {
        Packet packet = context.Packet;
        if (!packet.TryRead(out EthernetHeader ethernet) || !packet.TryRead(out IPv4Header ip) || ethernet.Type != EtherType.IPv4) return (int)XdpAction.Pass;
        LpmKey<IPv4Address> key = new(32, ip.Source);
        ref uint verdict = ref Networks.Lookup(in key);
        if (Bpf.IsNull(ref verdict))
        {
            key = new(32, ip.Destination);
            verdict = ref Networks.Lookup(in key);
        }

        return Bpf.IsNull(ref verdict) ? (int)XdpAction.Pass : (int)verdict;
    }
}
