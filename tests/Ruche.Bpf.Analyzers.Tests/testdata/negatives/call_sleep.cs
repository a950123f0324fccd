[BpfObject]
public static class CallSleep
{
    [Xdp]
    static XdpAction Filter(in XdpContext context)
    {
        Thread.Sleep(10); // RU1006
        return XdpAction.Pass;
    }
}
