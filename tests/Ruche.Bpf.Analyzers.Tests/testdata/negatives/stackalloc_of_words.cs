[BpfObject]
public static unsafe class StackallocOfWords
{
    [Xdp]
    static XdpAction Filter(in XdpContext context)
    {
        ulong* room = stackalloc ulong[100]; // RU1011
        return room[1] > 3 ? XdpAction.Drop : XdpAction.Pass;
    }
}
