[BpfObject]
public static class CallStopwatch
{
    [Xdp]
    static XdpAction Filter(in XdpContext context)
    {
        return System.Diagnostics.Stopwatch.GetTimestamp() > 3 ? XdpAction.Drop : XdpAction.Pass; // RU1006
    }
}
