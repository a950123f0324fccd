[BpfObject]
public static class DecimalLiteral
{
    [Xdp]
    static XdpAction Filter(in XdpContext context)
    {
        return 1.5m > context.IngressInterface ? XdpAction.Drop : XdpAction.Pass; // RU1004
    }
}
