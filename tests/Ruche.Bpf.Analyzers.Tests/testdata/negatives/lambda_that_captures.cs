[BpfObject]
public static class LambdaThatCaptures
{
    [Xdp]
    static XdpAction Filter(in XdpContext context)
    {
        uint wanted = context.IngressInterface;
        Func<uint, bool> isWanted = number => number == wanted; // RU1002
        return isWanted(3) ? XdpAction.Drop : XdpAction.Pass;
    }
}
