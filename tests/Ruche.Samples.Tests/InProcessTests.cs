// SPDX-License-Identifier: MIT
using System.Net;
using Ruche.Bpf.Machine;
using Ruche.Bpf.Machine.Contexts;
using Ruche.Bpf.Machine.Runs;
using IPv6Address = Ruche.Bpf.Kernel.IPv6Address;

namespace Ruche.Samples.Tests;

/// <summary>Programs of the samples on packets and records that tests make, without a kernel.</summary>
public sealed class InProcessTests
{
    [Theory]
    [InlineData(Packets.Tcp, "10.0.0.1", XdpAction.Drop)]
    [InlineData(Packets.Tcp, "2001:db8::1", XdpAction.Drop)]
    [InlineData(Packets.Udp, "10.0.0.1", XdpAction.Pass)]
    [InlineData(Packets.Icmp, "10.0.0.1", XdpAction.Pass)]
    public void Tcp_is_dropped_and_all_is_counted(byte protocol, string source, XdpAction expected)
    {
        using var machine = BpfMachine.Load(DropTcpObject.Spec);

        var action = Run(machine, "filter", Packets.Ip(source, protocol));

        Assert.Equal(expected, action);
        Verdicts counted = Assert.Single(machine.PerCpuArray<Verdicts>("ByProtocol")[protocol].ToArray(), v => v.Passed + v.Dropped > 0);
        Assert.Equal(expected is XdpAction.Drop ? (0ul, 1ul) : (1ul, 0ul), (counted.Passed, counted.Dropped));
    }

    [Fact]
    public void What_is_no_ip_passes()
    {
        using var machine = BpfMachine.Load(DropTcpObject.Spec);

        Assert.Equal(XdpAction.Pass, Run(machine, "filter", Packets.Arp));
        Assert.Equal(XdpAction.Pass, Run(machine, "filter", new byte[14]));
    }

    [Fact]
    public void A_source_gets_its_packets_in_any_window_and_its_neighbour_too()
    {
        using var machine = BpfMachine.Load(RateLimitObject.Spec.WithGlobal("PacketsPerWindow", 4ul));
        machine.Clock.Advance(TimeSpan.FromSeconds(100));

        Assert.Equal([XdpAction.Pass, XdpAction.Pass, XdpAction.Pass, XdpAction.Pass, XdpAction.Drop, XdpAction.Drop], Send(machine, "10.0.0.1", 6));
        Assert.Equal([XdpAction.Pass], Send(machine, "10.0.0.2", 1));
        Assert.Equal([XdpAction.Pass], Send(machine, "2001:db8::1", 1));

        // Half a window later half of the four still count.
        machine.Clock.Advance(TimeSpan.FromSeconds(1.5));
        Assert.Equal([XdpAction.Pass, XdpAction.Pass, XdpAction.Drop], Send(machine, "10.0.0.1", 3));

        // After two windows none do.
        machine.Clock.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal([XdpAction.Pass, XdpAction.Pass, XdpAction.Pass, XdpAction.Pass, XdpAction.Drop], Send(machine, "10.0.0.1", 5));
        Assert.Equal(4ul, machine.HashMap<IPv6Address, SourceWindow>("Sources")[IPv6Address.FromIPAddress(IPAddress.Parse("10.0.0.1"))].Dropped);
    }

    [Fact]
    public void Networks_of_the_list_send_what_they_like()
    {
        using var machine = BpfMachine.Load(RateLimitObject.Spec.WithGlobal("PacketsPerWindow", 1ul));
        var exempt = machine.LpmTrie<IPv6Address, uint>("Exempt");
        exempt.Update(IPv6Address.FromIPAddress(IPAddress.Parse("10.1.0.0")), 96 + 16, 1);
        exempt.Update(IPv6Address.FromIPAddress(IPAddress.Parse("2001:db8::")), 32, 1);

        Assert.All(Send(machine, "10.1.2.3", 10).Concat(Send(machine, "2001:db8:1::1", 10)), action => Assert.Equal(XdpAction.Pass, action));
        Assert.Equal(XdpAction.Drop, Send(machine, "10.2.0.1", 2)[^1]);
    }

    [Fact]
    public void A_guarded_port_opens_to_who_knocks_in_order()
    {
        using var machine = BpfMachine.Load(PortKnockObject.Spec);
        XdpAction Ask(string source, ushort port) => Run(machine, "guard", Packets.Syn(source, port));

        Assert.Equal((XdpAction.Pass, XdpAction.Drop), (Ask("10.0.0.1", 80), Ask("10.0.0.1", 22)));
        foreach (ushort port in (ushort[])[7001, 9003, 8002, 9003]) Assert.Equal(XdpAction.Drop, Ask("10.0.0.1", port));
        Assert.Equal(XdpAction.Drop, Ask("10.0.0.1", 22));
        foreach (ushort port in (ushort[])[7001, 8002, 9003]) Assert.Equal(XdpAction.Drop, Ask("10.0.0.1", port));
        Assert.Equal((XdpAction.Pass, XdpAction.Drop), (Ask("10.0.0.1", 22), Ask("10.0.0.2", 22)));
        machine.Clock.Advance(TimeSpan.FromSeconds(31));
        Assert.Equal(XdpAction.Drop, Ask("10.0.0.1", 22));
    }

    [Fact]
    public void Packets_to_one_destination_leave_one_after_the_other()
    {
        using var machine = BpfMachine.Load(TrafficShaperObject.Spec.WithGlobal("BytesPerSecond", 1000ul));
        machine.Clock.Advance(TimeSpan.FromSeconds(100));
        SkBuff packet = new() { WireLen = 500 };

        ulong Shape() => machine.Program("shape").Run(Packets.Ip("10.0.0.1"), in packet).ContextAs<SkBuff>().Tstamp;
        ulong now = (ulong)machine.Clock.Nanoseconds;

        // Each takes half a second; the first leaves at once.
        Assert.Equal((0ul, now + 500_000_000, now + 1_000_000_000), (Shape(), Shape(), Shape()));
        Assert.Equal([TcAction.Ok, TcAction.Ok, TcAction.Shot], Enumerable.Range(0, 3).Select(_ => machine.Program("shape").Run(Packets.Ip("10.0.0.1"), in packet).TcAction));
    }

    [Fact]
    public void System_calls_are_counted_by_process()
    {
        using var machine = BpfMachine.Load(SyscallCounterObject.Spec);
        foreach (uint process in (uint[])[10, 20, 10])
        {
            machine.Environment.Task = new() { ProcessId = process, ThreadId = process + 1 };
            Assert.Null(machine.Program("on_enter").Run().Fault);
        }

        var counts = machine.HashMap<uint, ulong>("Counts");
        Assert.Equal((2ul, 1ul), (counts[10], counts[20]));
    }

    [Fact]
    public void Requests_of_disks_are_drawn_by_how_long_they_took()
    {
        using var machine = BpfMachine.Load(BioLatencyObject.Spec);
        byte[] request = new byte[64];
        request[8] = 1;
        request[16] = 42;

        Assert.Null(machine.Program("on_issue").Run(request).Fault);
        machine.Clock.Advance(TimeSpan.FromMicroseconds(700));
        Assert.Null(machine.Program("on_complete").Run(request).Fault);
        Assert.Null(machine.Program("on_complete").Run(request).Fault);

        // 700 lies between 2^9 and 2^10; what was not seen to begin is not drawn.
        ulong[] expected = [.. Enumerable.Repeat(0ul, 9), 1, .. Enumerable.Repeat(0ul, 22)];
        Assert.Equal(expected, machine.Array<ulong>("Slots"));
    }

    private static XdpAction Run(BpfMachine machine, string program, byte[] packet)
    {
        var run = machine.Program(program).Run(packet);
        Assert.Null(run.Fault);
        return run.XdpAction;
    }

    private static XdpAction[] Send(BpfMachine machine, string source, int count) => [.. Enumerable.Range(0, count).Select(_ => Run(machine, "filter", Packets.Ip(source)))];
}
