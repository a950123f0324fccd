[BpfObject]
public static class DoubleMultiplication
{
    [Xdp]
    static XdpAction Filter(in XdpContext context)
    {
        double half = context.IngressInterface * 0.5; // RU1004
        return half > 1 ? XdpAction.Drop : XdpAction.Pass; // RU1004
    }
}
