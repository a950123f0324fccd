[BpfObject]
public static class MutualRecursion
{
    static bool IsEven(uint n) => n == 0 || IsOdd(n - 1);

    static bool IsOdd(uint n) => n != 0 && IsEven(n - 1); // RU1005

    [Xdp]
    static XdpAction Filter(in XdpContext context)
    {
        return IsEven(context.IngressInterface) ? XdpAction.Drop : XdpAction.Pass;
    }
}
