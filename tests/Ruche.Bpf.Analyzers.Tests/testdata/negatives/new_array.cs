[BpfObject]
public static class NewArray
{
    [Xdp]
    static XdpAction Filter(in XdpContext context)
    {
        uint[] ports = new uint[4]; // RU1001
        ports[0] = 80;
        return ports.Length > 3 ? XdpAction.Drop : XdpAction.Pass;
    }
}
