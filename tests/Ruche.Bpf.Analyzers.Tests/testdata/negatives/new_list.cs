using System.Collections.Generic;

[BpfObject]
public static class NewList
{
    [Xdp]
    static XdpAction Filter(in XdpContext context)
    {
        List<uint> seen = new(); // RU1001
        seen.Add(context.IngressInterface);
        foreach (uint one in seen)
        {
            if (one == 3) return XdpAction.Drop;
        }

        return XdpAction.Pass;
    }
}
