[BpfObject]
public static class CallConsole
{
    [Xdp]
    static XdpAction Filter(in XdpContext context)
    {
        Console.WriteLine("seen"); // RU1006
        return XdpAction.Pass;
    }
}
