[BpfObject]
public static class MathConstant
{
    [Xdp]
    static XdpAction Filter(in XdpContext context)
    {
        uint scaled = (uint)(context.IngressInterface * Math.PI); // RU1004
        return scaled > 1 ? XdpAction.Drop : XdpAction.Pass;
    }
}
