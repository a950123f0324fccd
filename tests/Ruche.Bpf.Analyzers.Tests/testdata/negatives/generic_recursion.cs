[BpfObject]
public static class GenericRecursion
{
    static int Depth<T>(T value, int left)
        where T : unmanaged
    {
        return left == 0 ? 0 : 1 + Depth(value, left - 1); // RU1005
    }

    [Xdp]
    static XdpAction Filter(in XdpContext context)
    {
        return Depth(context.IngressInterface, 4) > 3 ? XdpAction.Drop : XdpAction.Pass;
    }
}
