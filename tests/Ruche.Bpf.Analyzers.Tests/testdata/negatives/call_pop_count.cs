[BpfObject]
public static class CallPopCount
{
    [Xdp]
    static XdpAction Filter(in XdpContext context)
    {
        return System.Numerics.BitOperations.PopCount(context.IngressInterface) > 3 ? XdpAction.Drop : XdpAction.Pass; // RU1006
    }
}
