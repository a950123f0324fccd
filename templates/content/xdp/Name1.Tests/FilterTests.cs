using Ruche.Bpf.Machine;
using Ruche.Bpf.Machine.Runs;

namespace Name1.Tests;

/// <summary>The filter on packets, in this process: no root, no kernel.</summary>
public sealed class FilterTests
{
    private const byte Udp = 17, Tcp = 6;

    [Theory]
    [InlineData(Udp, 53, XdpAction.Drop)]
    [InlineData(Udp, 54, XdpAction.Pass)]
    [InlineData(Tcp, 53, XdpAction.Pass)]
    public void Only_listed_ports_are_blocked(byte protocol, byte port, XdpAction expected)
    {
        using var machine = BpfMachine.Load(FilterObject.Spec);
        var blocked = machine.HashMap<ushort, ulong>("Blocked");
        blocked[53] = 0;

        var run = machine.Program("decide").Run(Packet(protocol, port));

        Assert.Null(run.Fault);
        Assert.Equal(expected, run.XdpAction);
        Assert.Equal(expected is XdpAction.Drop ? 1ul : 0ul, blocked[53]);
    }

    private static byte[] Packet(byte protocol, byte port) =>
    [
        .. new byte[12], 0x08, 0x00,
        0x45, 0, 0, 40, 0, 0, 0, 0, 64, protocol, 0, 0, 10, 0, 0, 1, 10, 0, 0, 2,
        0x30, 0x39, 0, port, 0, 8, 0, 0, .. new byte[12],
    ];
}
