[BpfObject]
public static class NativeLibrary
{
    [System.Runtime.InteropServices.DllImport("libc", EntryPoint = "getpid")]
    static extern int GetPid();

    [Xdp]
    static XdpAction Filter(in XdpContext context)
    {
        return GetPid() > 3 ? XdpAction.Drop : XdpAction.Pass; // RU1013
    }
}
