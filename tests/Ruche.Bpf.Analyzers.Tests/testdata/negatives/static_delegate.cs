[BpfObject]
public static class StaticDelegate
{
    static readonly Func<int, int>? Twice; // RU1008

    [Xdp]
    static XdpAction Filter(in XdpContext context)
    {
        return XdpAction.Pass;
    }
}
