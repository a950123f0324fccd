[BpfObject]
public static class WideInteger
{
    [Xdp]
    static XdpAction Filter(in XdpContext context)
    {
        Int128 wide = context.IngressInterface; // RU1006
        return wide > 2 ? XdpAction.Drop : XdpAction.Pass; // RU1006
    }
}
