[BpfObject]
public static class TypeofName
{
    struct Pair
    {
        public int One;
    }

    [Xdp]
    static XdpAction Filter(in XdpContext context)
    {
        return typeof(Pair).IsValueType ? XdpAction.Drop : XdpAction.Pass; // RU1001
    }
}
