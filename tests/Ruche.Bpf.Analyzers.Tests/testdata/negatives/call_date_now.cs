[BpfObject]
public static class CallDateNow
{
    [Xdp]
    static XdpAction Filter(in XdpContext context)
    {
        return DateTime.UtcNow.Ticks > 3 ? XdpAction.Drop : XdpAction.Pass; // RU1006
    }
}
