[BpfObject]
public static class RecursionWithLargerTypes
{
    struct Box<T>
        where T : unmanaged
    {
        public T Value;
    }

    static int Depth<T>(uint left)
        where T : unmanaged
    {
        return left == 0 ? 0 : 1 + Depth<Box<T>>(left - 1); // RU1005
    }

    [Xdp]
    static XdpAction Filter(in XdpContext context)
    {
        return Depth<uint>(context.IngressInterface) > 3 ? XdpAction.Drop : XdpAction.Pass;
    }
}
