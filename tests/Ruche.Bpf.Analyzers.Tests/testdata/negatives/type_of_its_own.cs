[BpfObject]
public static class TypeOfItsOwn
{
    struct Pair
    {
        public int One;
    }

    [Xdp]
    static XdpAction Filter(in XdpContext context)
    {
        return Bpf.TypeExists<Pair>() ? XdpAction.Drop : XdpAction.Pass; // RU1012
    }
}
