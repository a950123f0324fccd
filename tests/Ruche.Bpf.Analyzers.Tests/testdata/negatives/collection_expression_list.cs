using System.Collections.Generic;

[BpfObject]
public static class CollectionExpressionList
{
    [Xdp]
    static XdpAction Filter(in XdpContext context)
    {
        List<uint> seen = [context.IngressInterface, 2]; // RU1001
        return seen.Count > 1 ? XdpAction.Drop : XdpAction.Pass;
    }
}
