[BpfObject]
public static class MapsInsideWithoutEntries
{
    [BpfMap(MaxEntries = 8)] static readonly BpfHashOfMaps<uint, BpfArray<ulong>> Inner; // RU1009

    [Xdp]
    static XdpAction Filter(in XdpContext context)
    {
        return XdpAction.Pass;
    }
}
