[BpfObject]
public static class MapOfDates
{
    [BpfMap(MaxEntries = 8)] static readonly BpfHashMap<uint, DateTime> Seen; // RU1009

    [Xdp]
    static XdpAction Filter(in XdpContext context)
    {
        return XdpAction.Pass;
    }
}
