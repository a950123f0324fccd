[BpfObject]
public static class ExternMethod
{
    static extern uint Elsewhere(uint number);

    [Xdp]
    static XdpAction Filter(in XdpContext context)
    {
        return Elsewhere(context.IngressInterface) > 3 ? XdpAction.Drop : XdpAction.Pass; // RU1013
    }
}
