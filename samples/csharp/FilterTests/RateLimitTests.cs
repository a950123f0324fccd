using Ruche.Bpf.Machine;
using Ruche.Bpf.Machine.Runs;

namespace FilterTests;

public sealed class RateLimitTests
{
    private const byte Udp = 17;

    [Fact]
    public void A_source_may_send_its_burst_and_then_one_packet_a_second()
    {
        var sample = Sample.Compile("xdp_rate_limit").WithGlobal("packets_per_second", 1u).WithGlobal("burst", 3u);
        using var machine = BpfMachine.Load(sample);
        var program = machine.Program("xdp_rate_limit");

        XdpAction[] burst = [.. Enumerable.Range(0, 5).Select(_ => program.Run(Packets.Ipv4(Udp, "10.0.0.1")).XdpAction)];
        var other = program.Run(Packets.Ipv4(Udp, "10.0.0.2")).XdpAction;
        machine.Clock.Advance(TimeSpan.FromSeconds(1));
        XdpAction[] later = [.. Enumerable.Range(0, 2).Select(_ => program.Run(Packets.Ipv4(Udp, "10.0.0.1")).XdpAction)];

        Assert.Equal([XdpAction.Pass, XdpAction.Pass, XdpAction.Pass, XdpAction.Drop, XdpAction.Drop], burst);
        Assert.Equal(XdpAction.Pass, other);
        Assert.Equal([XdpAction.Pass, XdpAction.Drop], later);
    }
}
