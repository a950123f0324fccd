[BpfObject]
public static class BoxingInterface
{
    [Xdp]
    static XdpAction Filter(in XdpContext context)
    {
        IComparable smallest = context.IngressInterface; // RU1001
        return smallest.CompareTo(3u) < 0 ? XdpAction.Drop : XdpAction.Pass; // RU1001
    }
}
