[BpfObject]
public static class LocalFunctionAsDelegate
{
    [Xdp]
    static XdpAction Filter(in XdpContext context)
    {
        uint wanted = context.IngressInterface;
        Func<uint, bool> check = IsWanted; // RU1002
        return check(3) ? XdpAction.Drop : XdpAction.Pass;

        bool IsWanted(uint number) => number == wanted;
    }
}
