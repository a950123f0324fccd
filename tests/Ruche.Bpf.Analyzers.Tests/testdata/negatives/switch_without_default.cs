[BpfObject]
public static class SwitchWithoutDefault
{
    [Xdp]
    static XdpAction Filter(in XdpContext context)
    {
        XdpAction action = context.IngressInterface switch { 1 => XdpAction.Drop, 2 => XdpAction.Pass }; // RU1003
        return action;
    }
}
