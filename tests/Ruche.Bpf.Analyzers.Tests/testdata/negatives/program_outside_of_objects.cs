[BpfObject]
public static class Counter
{
    [BpfMap(MaxEntries = 8)] static readonly BpfArray<ulong> Counts;
}

public static class Stray
{
    [Xdp]
    static int Filter(in XdpContext context) => 1; // RU1010
}
