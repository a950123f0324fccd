[BpfObject]
public static class LocalFunctionRecursion
{
    [Xdp]
    static XdpAction Filter(in XdpContext context)
    {
        return Count(context.IngressInterface) > 3 ? XdpAction.Drop : XdpAction.Pass;

        static uint Count(uint n) => n == 0 ? 0 : 1 + Count(n >> 1); // RU1005
    }
}
