[BpfObject]
public static class CallSquareRoot
{
    [Xdp]
    static XdpAction Filter(in XdpContext context)
    {
        return Math.Sqrt(4) > 1 ? XdpAction.Drop : XdpAction.Pass; // RU1004
    }
}
