[BpfObject]
public static unsafe class StackallocOfStructs
{
    struct Pair
    {
        public ulong One, Other;
    }

    [Xdp]
    static XdpAction Filter(in XdpContext context)
    {
        Pair* room = stackalloc Pair[100]; // RU1011 build
        return room[1].One > 3 ? XdpAction.Drop : XdpAction.Pass;
    }
}
