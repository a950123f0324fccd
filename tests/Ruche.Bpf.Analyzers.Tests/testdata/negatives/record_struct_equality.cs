[BpfObject]
public static class RecordStructEquality
{
    readonly record struct Flow(uint Interface, ushort Port);

    [Xdp]
    static XdpAction Filter(in XdpContext context)
    {
        Flow one = new(context.IngressInterface, 80);
        Flow other = new(3, 80);
        return one == other ? XdpAction.Drop : XdpAction.Pass; // RU1006
    }
}
