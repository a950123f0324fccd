[BpfObject]
public static class TryCatch
{
    [Xdp]
    static XdpAction Filter(in XdpContext context)
    {
        try
        {
            return context.IngressInterface == 3 ? XdpAction.Drop : XdpAction.Pass;
        }
        catch (Exception) // RU1003
        {
            return XdpAction.Aborted;
        }
    }
}
