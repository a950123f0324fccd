[BpfObject]
public static class CallProcessId
{
    [Xdp]
    static XdpAction Filter(in XdpContext context)
    {
        return Environment.ProcessId == 3 ? XdpAction.Drop : XdpAction.Pass; // RU1006
    }
}
