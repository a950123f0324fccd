[BpfObject]
public static class ProgramReturnsText
{
    [Xdp]
    static string Filter(in XdpContext context) // RU1010
    {
        return "drop";
    }
}
