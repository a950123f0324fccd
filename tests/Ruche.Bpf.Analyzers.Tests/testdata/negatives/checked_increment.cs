[BpfObject]
public static class CheckedIncrement
{
    [Xdp]
    static XdpAction Filter(in XdpContext context)
    {
        uint number = context.IngressInterface;
        checked
        {
            number *= 3; // RU1003
        }

        return number == 3 ? XdpAction.Drop : XdpAction.Pass;
    }
}
