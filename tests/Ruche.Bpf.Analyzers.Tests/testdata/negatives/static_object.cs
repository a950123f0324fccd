[BpfObject]
public static class StaticObject
{
    static readonly object Gate = new(); // RU1008

    [Xdp]
    static XdpAction Filter(in XdpContext context)
    {
        lock (Gate)
        {
            return XdpAction.Pass;
        }
    }
}
