[BpfObject]
public static class CallMemoryBarrier
{
    [Xdp]
    static XdpAction Filter(in XdpContext context)
    {
        Interlocked.MemoryBarrier(); // RU1006
        return XdpAction.Pass;
    }
}
