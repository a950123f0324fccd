[BpfObject]
public static class CallGarbageCollection
{
    [Xdp]
    static XdpAction Filter(in XdpContext context)
    {
        return GC.GetTotalMemory(false) > 3 ? XdpAction.Drop : XdpAction.Pass; // RU1006
    }
}
