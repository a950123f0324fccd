[BpfObject]
public static class NewTimeSpan
{
    [Xdp]
    static XdpAction Filter(in XdpContext context)
    {
        return new TimeSpan(context.IngressInterface).Ticks > 3 ? XdpAction.Drop : XdpAction.Pass; // RU1007
    }
}
