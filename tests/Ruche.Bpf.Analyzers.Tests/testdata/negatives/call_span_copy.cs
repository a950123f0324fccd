[BpfObject]
public static class CallSpanCopy
{
    [Xdp]
    static XdpAction Filter(in XdpContext context)
    {
        Span<byte> room = stackalloc byte[5];
        "nginx"u8.CopyTo(room); // RU1006
        return room[3] == 7 ? XdpAction.Drop : XdpAction.Pass;
    }
}
