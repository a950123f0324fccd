[BpfObject]
public static class DoubleComparison
{
    [Xdp]
    static XdpAction Filter(in XdpContext context)
    {
        return context.IngressInterface > 2.5 ? XdpAction.Drop : XdpAction.Pass; // RU1004
    }
}
