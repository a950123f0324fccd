[BpfObject]
public static class CheckedAddition
{
    [Xdp]
    static XdpAction Filter(in XdpContext context)
    {
        uint sum = checked(context.IngressInterface + context.ReceiveQueue); // RU1003
        return sum == 3 ? XdpAction.Drop : XdpAction.Pass;
    }
}
