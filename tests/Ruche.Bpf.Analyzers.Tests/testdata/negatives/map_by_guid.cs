[BpfObject]
public static class MapByGuid
{
    [BpfMap(MaxEntries = 8)] static readonly BpfHashMap<Guid, ulong> Seen; // RU1009

    [Xdp]
    static XdpAction Filter(in XdpContext context)
    {
        return XdpAction.Pass;
    }
}
