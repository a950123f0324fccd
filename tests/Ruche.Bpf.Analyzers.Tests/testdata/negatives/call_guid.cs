[BpfObject]
public static class CallGuid
{
    [Xdp]
    static XdpAction Filter(in XdpContext context)
    {
        return Guid.NewGuid().Version > 3 ? XdpAction.Drop : XdpAction.Pass; // RU1006
    }
}
