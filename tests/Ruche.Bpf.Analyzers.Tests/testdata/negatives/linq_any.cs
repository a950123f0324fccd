using System.Linq;

[BpfObject]
public static class LinqAny
{
    [Xdp]
    static XdpAction Filter(in XdpContext context)
    {
        Span<uint> ports = stackalloc uint[4];
        uint[] copy = ports.ToArray(); // RU1006
        return copy.Any(p => p == 80) ? XdpAction.Drop : XdpAction.Pass; // RU1002
    }
}
