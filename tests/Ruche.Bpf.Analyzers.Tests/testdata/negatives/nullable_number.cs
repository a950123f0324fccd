[BpfObject]
public static class NullableNumber
{
    [Xdp]
    static XdpAction Filter(in XdpContext context)
    {
        uint? port = null; // RU1007
        if (context.IngressInterface > 3) port = 3;
        return port.HasValue ? XdpAction.Drop : XdpAction.Pass;
    }
}
