[BpfObject]
public static class StaticFromACall
{
    static long Began = Environment.TickCount64; // RU1008

    [Xdp]
    static XdpAction Filter(in XdpContext context)
    {
        return Began > 3 ? XdpAction.Drop : XdpAction.Pass;
    }
}
