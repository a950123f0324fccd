[BpfObject]
public static class StaticStructOfACall
{
    struct Limits
    {
        public long Least, Most;
    }

    static Limits Limit = new() { Least = 1, Most = Environment.TickCount64 }; // RU1008

    [Xdp]
    static XdpAction Filter(in XdpContext context)
    {
        return Limit.Most > 3 ? XdpAction.Drop : XdpAction.Pass;
    }
}
