[BpfObject]
public static class ArgumentList
{
    static int Count(__arglist) => 1;

    [Xdp]
    static XdpAction Filter(in XdpContext context)
    {
        return Count(__arglist(1, 2)) > 0 ? XdpAction.Drop : XdpAction.Pass; // RU1012
    }
}
