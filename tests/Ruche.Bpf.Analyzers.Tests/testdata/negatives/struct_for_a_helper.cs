using Ruche.Bpf.Kernel.Lowering;

[BpfObject]
public static class StructForAHelper
{
    struct Pair
    {
        public uint One;
        public uint Other;
    }

    [Helper(5)]
    static extern long Send(Pair pair);

    [Xdp]
    static XdpAction Filter(in XdpContext context)
    {
        return Send(new Pair { One = context.IngressInterface }) > 0 ? XdpAction.Drop : XdpAction.Pass; // RU1007
    }
}
