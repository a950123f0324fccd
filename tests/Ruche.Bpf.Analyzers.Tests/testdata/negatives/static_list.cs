using System.Collections.Generic;

[BpfObject]
public static class StaticList
{
    static readonly List<uint> Seen = []; // RU1008

    [Xdp]
    static XdpAction Filter(in XdpContext context)
    {
        return XdpAction.Pass;
    }
}
