[BpfObject]
public static class StructWithADate
{
    struct Seen
    {
        public DateTime Time;
        public int Port;
    }

    [Xdp]
    static XdpAction Filter(in XdpContext context)
    {
        Seen seen = default; // RU1007
        seen.Port = 3;
        return seen.Port > 2 ? XdpAction.Drop : XdpAction.Pass;
    }
}
