using Ruche.Bpf.Kernel.Lowering;

[BpfObject]
public static class HelperWithSixArguments
{
    [Helper(5)]
    static extern long Send(uint a, uint b, uint c, uint d, uint e, uint f);

    [Xdp]
    static XdpAction Filter(in XdpContext context)
    {
        return Send(1, 2, 3, 4, 5, context.IngressInterface) > 0 ? XdpAction.Drop : XdpAction.Pass; // RU1012
    }
}
