[BpfObject]
public static class MethodGroup
{
    static int Twice(int value) => value * 2;

    static int Apply(Func<int, int> change, int value) => change(value);

    [Xdp]
    static XdpAction Filter(in XdpContext context)
    {
        return Apply(Twice, 4) > 7 ? XdpAction.Drop : XdpAction.Pass; // RU1002
    }
}
