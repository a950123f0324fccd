[BpfObject]
public static class StructWithAString
{
    struct Seen
    {
        public string Name;
        public int Port;
    }

    [Xdp]
    static XdpAction Filter(in XdpContext context)
    {
        Seen seen = new() { Port = 3 }; // RU1007
        return seen.Port > 2 ? XdpAction.Drop : XdpAction.Pass;
    }
}
