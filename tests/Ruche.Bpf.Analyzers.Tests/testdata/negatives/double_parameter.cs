[BpfObject]
public static class DoubleParameter
{
    static bool IsMost(double share) => share > 0.5; // RU1004

    [Xdp]
    static XdpAction Filter(in XdpContext context)
    {
        return IsMost(context.IngressInterface) ? XdpAction.Drop : XdpAction.Pass; // RU1004
    }
}
