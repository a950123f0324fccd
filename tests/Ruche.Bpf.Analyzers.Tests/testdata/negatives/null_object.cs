[BpfObject]
public static class NullObject
{
    static bool IsNothing(object? value) => value is null;

    [Xdp]
    static XdpAction Filter(in XdpContext context)
    {
        return IsNothing(null) ? XdpAction.Drop : XdpAction.Pass; // RU1001
    }
}
