[BpfObject]
public static class StackallocTooLarge
{
    [Xdp]
    static XdpAction Filter(in XdpContext context)
    {
        Span<byte> room = stackalloc byte[4096]; // RU1011
        return room.Length > 3 ? XdpAction.Drop : XdpAction.Pass;
    }
}
