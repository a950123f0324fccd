[BpfObject]
public static class AnonymousType
{
    [Xdp]
    static XdpAction Filter(in XdpContext context)
    {
        var flow = new { context.IngressInterface, Port = 80 }; // RU1001
        return flow.Port == 80 ? XdpAction.Drop : XdpAction.Pass;
    }
}
