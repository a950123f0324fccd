[BpfObject]
public static class DynamicValue
{
    [Xdp]
    static XdpAction Filter(in XdpContext context)
    {
        dynamic number = context.IngressInterface; // RU1001
        return number is null ? XdpAction.Drop : XdpAction.Pass;
    }
}
