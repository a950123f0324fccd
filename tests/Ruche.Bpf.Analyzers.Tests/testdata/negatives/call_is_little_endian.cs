[BpfObject]
public static class CallIsLittleEndian
{
    [Xdp]
    static XdpAction Filter(in XdpContext context)
    {
        return BitConverter.IsLittleEndian ? XdpAction.Drop : XdpAction.Pass; // RU1006
    }
}
