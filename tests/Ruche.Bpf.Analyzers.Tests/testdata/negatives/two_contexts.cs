[BpfObject]
public static class TwoContexts
{
    [Xdp]
    static int Filter(in XdpContext one, in XdpContext other) => 1; // RU1010
}
