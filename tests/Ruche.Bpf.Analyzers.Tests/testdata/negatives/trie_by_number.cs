[BpfObject]
public static class TrieByNumber
{
    [BpfMap(MaxEntries = 8)] static readonly BpfLpmTrie<uint, ulong> Networks; // RU1009

    [Xdp]
    static XdpAction Filter(in XdpContext context)
    {
        return XdpAction.Pass;
    }
}
