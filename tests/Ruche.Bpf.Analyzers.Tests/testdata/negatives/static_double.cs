[BpfObject]
public static class StaticDouble
{
    static double Share = 0.5; // RU1008

    [Xdp]
    static XdpAction Filter(in XdpContext context)
    {
        return XdpAction.Pass;
    }
}
