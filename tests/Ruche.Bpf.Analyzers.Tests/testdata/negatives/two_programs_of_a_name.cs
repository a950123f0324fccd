[BpfObject]
public static class TwoProgramsOfAName
{
    [Xdp(Name = "filter")]
    static int First(in XdpContext context) => 1;

    [Xdp(Name = "filter")]
    static int Second(in XdpContext context) => 2; // RU1010
}
