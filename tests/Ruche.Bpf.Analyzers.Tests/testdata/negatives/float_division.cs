[BpfObject]
public static class FloatDivision
{
    [Xdp]
    static XdpAction Filter(in XdpContext context)
    {
        float share = (float)context.IngressInterface / 3; // RU1004
        return share > 1 ? XdpAction.Drop : XdpAction.Pass; // RU1004
    }
}
