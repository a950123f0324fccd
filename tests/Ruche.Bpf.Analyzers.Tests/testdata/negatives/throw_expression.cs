[BpfObject]
public static class ThrowExpression
{
    [Xdp]
    static XdpAction Filter(in XdpContext context)
    {
        uint number = context.IngressInterface > 0 ? context.IngressInterface : throw new InvalidOperationException(); // RU1003
        return number == 3 ? XdpAction.Drop : XdpAction.Pass;
    }
}
