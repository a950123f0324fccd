[BpfObject]
public static class FloatField
{
    struct Load
    {
        public float Share;
        public int Count;
    }

    [Xdp]
    static XdpAction Filter(in XdpContext context)
    {
        Load load = default;
        load.Count = 1;
        load.Share += 1; // RU1004
        return load.Count > 1 ? XdpAction.Drop : XdpAction.Pass;
    }
}
