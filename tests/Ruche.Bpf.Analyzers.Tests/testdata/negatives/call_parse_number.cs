[BpfObject]
public static class CallParseNumber
{
    [Xdp]
    static XdpAction Filter(in XdpContext context)
    {
        return int.TryParse("80", out int number) && number == 80 ? XdpAction.Drop : XdpAction.Pass; // RU1006
    }
}
