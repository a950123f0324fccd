[BpfObject]
public static class StaticConstructor
{
    static int Least;

    static StaticConstructor()
    {
        Least = 3;
        Console.WriteLine("begun"); // RU1008 build
    }

    [Xdp]
    static XdpAction Filter(in XdpContext context)
    {
        return Least > 3 ? XdpAction.Drop : XdpAction.Pass;
    }
}
