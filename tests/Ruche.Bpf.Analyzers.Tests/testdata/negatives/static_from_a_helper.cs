[BpfObject]
public static class StaticFromAHelper
{
    static ulong Began = Bpf.KtimeGetNs(); // RU1008

    [Xdp]
    static XdpAction Filter(in XdpContext context)
    {
        return Began > 3 ? XdpAction.Drop : XdpAction.Pass;
    }
}
