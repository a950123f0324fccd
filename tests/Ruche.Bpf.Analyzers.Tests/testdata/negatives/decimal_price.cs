[BpfObject]
public static class DecimalPrice
{
    [Xdp]
    static XdpAction Filter(in XdpContext context)
    {
        decimal price = context.IngressInterface; // RU1004
        return price > 1 ? XdpAction.Drop : XdpAction.Pass; // RU1004
    }
}
