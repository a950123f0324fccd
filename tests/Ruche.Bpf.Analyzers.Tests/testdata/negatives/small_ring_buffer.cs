[BpfObject]
public static class SmallRingBuffer
{
    [BpfMap(MaxEntries = 1000)] static readonly BpfRingBuffer<ulong> Events; // RU1009

    [Xdp]
    static XdpAction Filter(in XdpContext context)
    {
        return XdpAction.Pass;
    }
}
