[BpfObject]
public static class NewObject
{
    sealed class Seen
    {
        public int Port;
    }

    [Xdp]
    static XdpAction Filter(in XdpContext context)
    {
        var seen = new Seen { Port = 80 }; // RU1001
        return seen.Port == 80 ? XdpAction.Drop : XdpAction.Pass;
    }
}
