[BpfObject]
public static class StackallocOfAnySize
{
    [Xdp]
    static XdpAction Filter(in XdpContext context)
    {
        Span<byte> room = stackalloc byte[(int)context.IngressInterface]; // RU1011
        return room.Length > 3 ? XdpAction.Drop : XdpAction.Pass;
    }
}
