[BpfObject]
public static class EnumeratorOfItsOwn
{
    enum Color
    {
        Red,
    }

    [Xdp]
    static XdpAction Filter(in XdpContext context)
    {
        return Bpf.EnumValueExists<Color>(nameof(Color.Red)) ? XdpAction.Drop : XdpAction.Pass; // RU1012
    }
}
