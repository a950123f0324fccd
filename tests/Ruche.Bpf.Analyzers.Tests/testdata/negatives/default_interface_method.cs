[BpfObject]
public static class DefaultInterfaceMethod
{
    interface IVerdict
    {
        XdpAction Decide() => XdpAction.Drop;
    }

    struct Always : IVerdict
    {
    }

    static XdpAction Decide<T>(T verdict)
        where T : struct, IVerdict
    {
        return verdict.Decide(); // RU1002
    }

    [Xdp]
    static XdpAction Filter(in XdpContext context)
    {
        return Decide(new Always());
    }
}
