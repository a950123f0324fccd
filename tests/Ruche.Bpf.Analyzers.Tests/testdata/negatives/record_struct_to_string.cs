[BpfObject]
public static class RecordStructToString
{
    readonly record struct Flow(uint Interface, ushort Port);

    [Xdp]
    static XdpAction Filter(in XdpContext context)
    {
        Flow flow = new(context.IngressInterface, 80);
        return flow.ToString() == null ? XdpAction.Drop : XdpAction.Pass; // RU1001
    }
}
