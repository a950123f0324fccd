[BpfObject]
public static class FieldOfALocal
{
    [Xdp]
    static XdpAction Filter(in XdpContext context)
    {
        uint number = context.IngressInterface;
        return Bpf.FieldExists(in number) ? XdpAction.Drop : XdpAction.Pass; // RU1012
    }
}
