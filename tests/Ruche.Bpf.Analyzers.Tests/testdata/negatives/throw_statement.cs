[BpfObject]
public static class ThrowStatement
{
    [Xdp]
    static XdpAction Filter(in XdpContext context)
    {
        if (context.IngressInterface == 0) throw new InvalidOperationException("no interface"); // RU1003
        return XdpAction.Pass;
    }
}
