[BpfObject]
public static class NewOfTypeParameter
{
    static T Made<T>()
        where T : unmanaged
    {
        return new T(); // RU1006
    }

    [Xdp]
    static XdpAction Filter(in XdpContext context)
    {
        return Made<uint>() == 3 ? XdpAction.Drop : XdpAction.Pass;
    }
}
