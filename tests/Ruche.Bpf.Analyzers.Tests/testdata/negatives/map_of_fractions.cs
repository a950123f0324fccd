[BpfObject]
public static class MapOfFractions
{
    [BpfMap(MaxEntries = 8)] static readonly BpfArray<double> Shares; // RU1009

    [Xdp]
    static XdpAction Filter(in XdpContext context)
    {
        return XdpAction.Pass;
    }
}
