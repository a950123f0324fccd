[BpfObject]
public static class StaticArray
{
    static readonly int[] Ports = [80, 443]; // RU1008

    [Xdp]
    static XdpAction Filter(in XdpContext context)
    {
        return XdpAction.Pass;
    }
}
