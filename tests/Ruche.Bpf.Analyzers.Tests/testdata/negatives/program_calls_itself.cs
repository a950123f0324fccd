[BpfObject]
public static class ProgramCallsItself
{
    [Xdp]
    static XdpAction Filter(in XdpContext context)
    {
        return context.IngressInterface > 3 ? Filter(in context) : XdpAction.Pass; // RU1005
    }
}
