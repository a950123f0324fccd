[BpfObject]
public static class TwoMapsOfAName
{
    [BpfMap(MaxEntries = 8, Name = "counts")] static readonly BpfHashMap<uint, ulong> Counts;

    [BpfMap(MaxEntries = 8, Name = "counts")] static readonly BpfArray<ulong> Others; // RU1009

    [Xdp]
    static XdpAction Filter(in XdpContext context)
    {
        ref ulong count = ref Counts.Lookup(3);
        return Bpf.IsNull(ref count) ? XdpAction.Drop : XdpAction.Pass;
    }
}
