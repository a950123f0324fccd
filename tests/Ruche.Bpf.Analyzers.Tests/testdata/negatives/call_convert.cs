[BpfObject]
public static class CallConvert
{
    [Xdp]
    static XdpAction Filter(in XdpContext context)
    {
        return Convert.ToInt64(context.IngressInterface) > 3 ? XdpAction.Drop : XdpAction.Pass; // RU1006
    }
}
