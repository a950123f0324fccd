[BpfObject]
public static class CallSequenceEqual
{
    [Xdp]
    static XdpAction Filter(in XdpContext context)
    {
        return "GET"u8.SequenceEqual("PUT"u8) ? XdpAction.Drop : XdpAction.Pass; // RU1006
    }
}
