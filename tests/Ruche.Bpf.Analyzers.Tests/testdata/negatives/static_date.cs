[BpfObject]
public static class StaticDate
{
    static DateTime Began; // RU1008

    [Xdp]
    static XdpAction Filter(in XdpContext context)
    {
        return XdpAction.Pass;
    }
}
