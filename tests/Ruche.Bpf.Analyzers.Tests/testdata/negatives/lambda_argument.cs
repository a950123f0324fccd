[BpfObject]
public static class LambdaArgument
{
    static int Choose(Func<int> make) => make();

    [Xdp]
    static XdpAction Filter(in XdpContext context)
    {
        return Choose(() => 3) > 2 ? XdpAction.Drop : XdpAction.Pass; // RU1002
    }
}
