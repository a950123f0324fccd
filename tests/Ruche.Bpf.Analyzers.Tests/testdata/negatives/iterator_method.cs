using System.Collections.Generic;

[BpfObject]
public static class IteratorMethod
{
    static IEnumerable<int> Ports()
    {
        yield return 80;
        yield return 443;
    }

    [Xdp]
    static XdpAction Filter(in XdpContext context)
    {
        int sum = 0;
        foreach (int port in Ports()) sum += port; // RU1001
        return sum > 100 ? XdpAction.Drop : XdpAction.Pass;
    }
}
