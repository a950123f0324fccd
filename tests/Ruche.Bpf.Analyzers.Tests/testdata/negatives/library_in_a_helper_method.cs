[BpfObject]
public static class LibraryInAHelperMethod
{
    static long Age(uint number) => number - Now();

    static long Now() => Environment.TickCount64; // RU1006

    [Xdp]
    static XdpAction Filter(in XdpContext context)
    {
        return Age(context.IngressInterface) > 3 ? XdpAction.Drop : XdpAction.Pass;
    }
}
