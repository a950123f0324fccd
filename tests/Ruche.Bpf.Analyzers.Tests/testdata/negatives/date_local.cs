[BpfObject]
public static class DateLocal
{
    [Xdp]
    static XdpAction Filter(in XdpContext context)
    {
        DateTime then = default; // RU1007
        return then.Year > 3 ? XdpAction.Drop : XdpAction.Pass;
    }
}
