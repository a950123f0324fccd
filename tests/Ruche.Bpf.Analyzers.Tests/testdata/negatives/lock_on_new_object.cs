[BpfObject]
public static class LockOnNewObject
{
    [Xdp]
    static XdpAction Filter(in XdpContext context)
    {
        lock (new object()) // RU1001
        {
            return XdpAction.Pass;
        }
    }
}
