[BpfObject]
public static class DirectRecursion
{
    static uint Factorial(uint n) => n < 2 ? 1 : n * Factorial(n - 1); // RU1005

    [Xdp]
    static XdpAction Filter(in XdpContext context)
    {
        return Factorial(context.IngressInterface) > 100 ? XdpAction.Drop : XdpAction.Pass;
    }
}
