[BpfObject]
public static class MapWithoutAMark
{
    static readonly BpfHashMap<uint, ulong> Counts; // RU1009

    [Xdp]
    static XdpAction Filter(in XdpContext context)
    {
        ref ulong count = ref Counts.Lookup(3);
        return Bpf.IsNull(ref count) ? XdpAction.Drop : XdpAction.Pass;
    }
}
