[BpfObject]
public static class SizeofString
{
    [Xdp]
    static XdpAction Filter(in XdpContext context)
    {
        int size = System.Runtime.CompilerServices.Unsafe.SizeOf<string>(); // RU1001
        return size > 8 ? XdpAction.Drop : XdpAction.Pass;
    }
}
