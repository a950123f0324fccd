[BpfObject]
public static class CheckedBlock
{
    [Xdp]
    static XdpAction Filter(in XdpContext context)
    {
        checked
        {
            byte low = (byte)context.IngressInterface; // RU1003
            return low == 3 ? XdpAction.Drop : XdpAction.Pass;
        }
    }
}
