[BpfObject]
public static class DoubleResult
{
    static double Share(uint part) => part / 100.0; // RU1004

    [Xdp]
    static XdpAction Filter(in XdpContext context)
    {
        return Share(context.IngressInterface) > 1 ? XdpAction.Drop : XdpAction.Pass; // RU1004
    }
}
