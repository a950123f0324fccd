[BpfObject]
public static class BoxingArgument
{
    static bool Describe(object value) => value is 2;

    [Xdp]
    static XdpAction Filter(in XdpContext context)
    {
        return Describe(context.IngressInterface) ? XdpAction.Drop : XdpAction.Pass; // RU1001
    }
}
