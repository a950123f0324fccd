[BpfObject]
public static unsafe class FunctionPointerCall
{
    static uint Twice(uint value) => value * 2;

    [Xdp]
    static XdpAction Filter(in XdpContext context)
    {
        delegate*<uint, uint> twice = &Twice;
        return twice(context.IngressInterface) > 4 ? XdpAction.Drop : XdpAction.Pass; // RU1002
    }
}
