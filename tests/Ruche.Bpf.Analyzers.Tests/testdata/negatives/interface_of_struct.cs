[BpfObject]
public static class InterfaceOfStruct
{
    interface IVerdict
    {
        XdpAction Decide();
    }

    struct Always : IVerdict
    {
        public XdpAction Decide() => XdpAction.Drop;
    }

    [Xdp]
    static XdpAction Filter(in XdpContext context)
    {
        IVerdict verdict = new Always(); // RU1001
        return verdict.Decide();
    }
}
