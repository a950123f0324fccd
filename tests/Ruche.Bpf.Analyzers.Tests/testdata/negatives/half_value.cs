[BpfObject]
public static class HalfValue
{
    [Xdp]
    static XdpAction Filter(in XdpContext context)
    {
        Half small = (Half)context.IngressInterface; // RU1004
        return small > (Half)1 ? XdpAction.Drop : XdpAction.Pass; // RU1004
    }
}
