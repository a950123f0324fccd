[BpfObject]
public static class GenericTypeTest
{
    static bool IsSmall<T>(T value)
        where T : unmanaged
    {
        return value is byte; // RU1001
    }

    [Xdp]
    static XdpAction Filter(in XdpContext context)
    {
        return IsSmall(context.IngressInterface) ? XdpAction.Drop : XdpAction.Pass;
    }
}
