[BpfObject]
public static class ThrowHelper
{
    [Xdp]
    static XdpAction Filter(in XdpContext context)
    {
        ArgumentOutOfRangeException.ThrowIfZero(context.IngressInterface); // RU1003
        return XdpAction.Pass;
    }
}
