[BpfObject]
public static unsafe class StaticPointer
{
    static byte* Room; // RU1008

    [Xdp]
    static XdpAction Filter(in XdpContext context)
    {
        return XdpAction.Pass;
    }
}
