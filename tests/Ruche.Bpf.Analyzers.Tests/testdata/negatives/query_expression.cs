using System.Linq;

[BpfObject]
public static class QueryExpression
{
    [Xdp]
    static XdpAction Filter(in XdpContext context)
    {
        uint[] interfaces = [1, context.IngressInterface]; // RU1001
        var wanted = from one in interfaces where one > 2 select one; // RU1002
        return wanted.Any() ? XdpAction.Drop : XdpAction.Pass;
    }
}
