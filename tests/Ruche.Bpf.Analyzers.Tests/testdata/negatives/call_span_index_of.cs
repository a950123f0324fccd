[BpfObject]
public static class CallSpanIndexOf
{
    [Xdp]
    static XdpAction Filter(in XdpContext context)
    {
        return "GET /"u8.IndexOf((byte)32) > 3 ? XdpAction.Drop : XdpAction.Pass; // RU1006
    }
}
