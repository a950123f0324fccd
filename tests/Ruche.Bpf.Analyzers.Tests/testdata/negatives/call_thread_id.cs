[BpfObject]
public static class CallThreadId
{
    [Xdp]
    static XdpAction Filter(in XdpContext context)
    {
        return Thread.CurrentThread.ManagedThreadId > 3 ? XdpAction.Drop : XdpAction.Pass; // RU1006
    }
}
