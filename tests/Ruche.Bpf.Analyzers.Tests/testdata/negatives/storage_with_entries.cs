[BpfObject]
public static class StorageWithEntries
{
    [BpfMap(MaxEntries = 8)] static readonly BpfTaskStorage<ulong> Started; // RU1009

    [Xdp]
    static XdpAction Filter(in XdpContext context)
    {
        return XdpAction.Pass;
    }
}
