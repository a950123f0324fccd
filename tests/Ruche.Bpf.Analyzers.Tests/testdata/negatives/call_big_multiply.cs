[BpfObject]
public static class CallBigMultiply
{
    [Xdp]
    static XdpAction Filter(in XdpContext context)
    {
        return Math.BigMul(context.IngressInterface, 3u) > 3 ? XdpAction.Drop : XdpAction.Pass; // RU1006
    }
}
