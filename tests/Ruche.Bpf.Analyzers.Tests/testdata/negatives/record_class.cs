[BpfObject]
public static class RecordClass
{
    sealed record Flow(uint Interface, ushort Port);

    [Xdp]
    static XdpAction Filter(in XdpContext context)
    {
        var flow = new Flow(context.IngressInterface, 80); // RU1001
        var other = flow with { Port = 443 };
        return other.Port == 443 ? XdpAction.Drop : XdpAction.Pass;
    }
}
