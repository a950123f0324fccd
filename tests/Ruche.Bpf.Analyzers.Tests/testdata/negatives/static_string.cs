[BpfObject]
public static class StaticString
{
    static readonly string Name = "nginx"; // RU1008

    [Xdp]
    static XdpAction Filter(in XdpContext context)
    {
        return XdpAction.Pass;
    }
}
