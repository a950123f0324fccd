[BpfObject]
public static class ComparableNumbers
{
    static bool IsLess<T>(T one, T other)
        where T : unmanaged, IComparable<T>
    {
        return one.CompareTo(other) < 0; // RU1002
    }

    [Xdp]
    static XdpAction Filter(in XdpContext context)
    {
        return IsLess(context.IngressInterface, 2u) ? XdpAction.Drop : XdpAction.Pass;
    }
}
