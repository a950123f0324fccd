[BpfObject]
public static class Lambda
{
    [Xdp]
    static XdpAction Filter(in XdpContext context)
    {
        Func<uint, bool> isWanted = number => number == 3; // RU1002
        return isWanted(context.IngressInterface) ? XdpAction.Drop : XdpAction.Pass;
    }
}
