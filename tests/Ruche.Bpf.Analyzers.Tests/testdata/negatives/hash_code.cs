[BpfObject]
public static class HashCode
{
    [Xdp]
    static XdpAction Filter(in XdpContext context)
    {
        return context.IngressInterface.GetHashCode() == 3 ? XdpAction.Drop : XdpAction.Pass; // RU1006
    }
}
