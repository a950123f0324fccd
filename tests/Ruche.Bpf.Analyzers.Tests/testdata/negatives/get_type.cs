[BpfObject]
public static class GetType
{
    struct Pair
    {
        public int One;
    }

    [Xdp]
    static XdpAction Filter(in XdpContext context)
    {
        Pair pair = new() { One = 1 };
        return pair.GetType() == null ? XdpAction.Drop : XdpAction.Pass; // RU1001
    }
}
