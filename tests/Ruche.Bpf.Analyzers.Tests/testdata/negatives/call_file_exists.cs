[BpfObject]
public static class CallFileExists
{
    [Xdp]
    static XdpAction Filter(in XdpContext context)
    {
        return System.IO.File.Exists("/etc/passwd") ? XdpAction.Drop : XdpAction.Pass; // RU1006
    }
}
