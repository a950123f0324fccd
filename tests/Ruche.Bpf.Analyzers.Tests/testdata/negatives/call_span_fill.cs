[BpfObject]
public static class CallSpanFill
{
    [Xdp]
    static XdpAction Filter(in XdpContext context)
    {
        Span<byte> room = stackalloc byte[16];
        room.Fill(7); // RU1006
        return room[3] == 7 ? XdpAction.Drop : XdpAction.Pass;
    }
}
