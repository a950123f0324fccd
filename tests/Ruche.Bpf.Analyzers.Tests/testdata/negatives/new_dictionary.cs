using System.Collections.Generic;

[BpfObject]
public static class NewDictionary
{
    [Xdp]
    static XdpAction Filter(in XdpContext context)
    {
        Dictionary<uint, int> counts = new(); // RU1001
        counts[context.IngressInterface] = 1;
        return counts.Count > 1 ? XdpAction.Drop : XdpAction.Pass;
    }
}
