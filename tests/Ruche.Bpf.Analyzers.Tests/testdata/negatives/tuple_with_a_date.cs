[BpfObject]
public static class TupleWithADate
{
    [Xdp]
    static XdpAction Filter(in XdpContext context)
    {
        (int Count, TimeSpan Time) pair = default; // RU1007
        return pair.Count > 2 ? XdpAction.Drop : XdpAction.Pass;
    }
}
