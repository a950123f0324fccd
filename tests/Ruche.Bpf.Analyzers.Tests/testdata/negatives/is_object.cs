[BpfObject]
public static class IsObject
{
    static bool IsPort(object? value) => value is ushort or uint;

    [Xdp]
    static XdpAction Filter(in XdpContext context)
    {
        return IsPort((object)context.IngressInterface) ? XdpAction.Drop : XdpAction.Pass; // RU1001
    }
}
