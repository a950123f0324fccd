[BpfObject]
public static class CallEnvironmentTicks
{
    [Xdp]
    static XdpAction Filter(in XdpContext context)
    {
        return Environment.TickCount64 > 3 ? XdpAction.Drop : XdpAction.Pass; // RU1006
    }
}
