[BpfObject]
public static class EnumHasFlag
{
    [Flags]
    enum Access
    {
        Read = 1,
        Write = 2,
    }

    [Xdp]
    static XdpAction Filter(in XdpContext context)
    {
        var access = (Access)context.IngressInterface;
        return access.HasFlag(Access.Write) ? XdpAction.Drop : XdpAction.Pass; // RU1001
    }
}
