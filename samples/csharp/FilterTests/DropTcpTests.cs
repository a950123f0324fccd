using Ruche.Bpf.Machine;
using Ruche.Bpf.Machine.Runs;
using Ruche.Bpf.Maps;

namespace FilterTests;

public sealed class DropTcpTests
{
    [Theory]
    [InlineData(6, XdpAction.Drop)]
    [InlineData(17, XdpAction.Pass)]
    public void Drops_TCP_and_counts_it(byte protocol, XdpAction expected)
    {
        using var machine = BpfMachine.Load(Sample.Compile("xdp_drop_tcp"));

        var run = machine.Program("xdp_drop_tcp").Run(Packets.Ipv4(protocol, "10.0.0.1"));

        Assert.Null(run.Fault);
        Assert.Equal(expected, run.XdpAction);
        var verdicts = new BpfPerCpuArray<Verdicts>(machine.Map("verdicts"));
        Assert.Equal(expected is XdpAction.Drop ? new(0, 1) : new(1, 0), verdicts[protocol][0]);
    }

    private readonly record struct Verdicts(ulong Passed, ulong Dropped);
}
