// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;
using Ruche.Bpf.Machine.Maps;
using Ruche.Bpf.Tests.Samples;

namespace Ruche.Bpf.Machine.Tests.Programs;

/// <summary>What programs send out and are sent, and what they print.</summary>
public sealed class RecordTests
{
    private static readonly byte[] Sent = Packet.OverIpv4(Packet.Tcp);

    [Theory]
    [InlineData(MachineEngine.Interpreter)]
    [InlineData(MachineEngine.Automatic)]
    public void Records_come_out_in_order_and_without_those_discarded(MachineEngine engine)
    {
        using var machine = Load(engine, 7);

        var run = machine.Program("records").Run(Sent);

        var events = ((MachineRingBuffer)machine.Map("events")).ReadAll().Select(r => MemoryMarshal.Read<Event>(r));
        Assert.Null(run.Fault);
        Assert.Equal([new(7, (uint)Sent.Length, (ulong)machine.Clock.Nanoseconds), new(2, 3, 4)], events);
    }

    [Theory]
    [InlineData(MachineEngine.Interpreter)]
    [InlineData(MachineEngine.Automatic)]
    public void A_perf_event_has_the_data_and_the_beginning_of_the_packet(MachineEngine engine)
    {
        using var machine = Load(engine, 0);

        machine.Program("samples_of_packets").Run(Sent);

        var sample = Assert.Single(((MachinePerfEventArray)machine.Map("samples")).ReadAll());
        Assert.Equal([0x88, 0x77, 0x66, 0x55, 0x44, 0x33, 0x22, 0x11, .. Sent[..4]], sample.Data);
    }

    [Theory]
    [InlineData(MachineEngine.Interpreter)]
    [InlineData(MachineEngine.Automatic)]
    public void A_program_drains_orders_until_it_has_enough(MachineEngine engine)
    {
        using var machine = Load(engine, 0);
        var orders = (MachineUserRingBuffer)machine.Map("orders");
        foreach (int order in (int[])[1, 2, 99, 4]) orders.TryWrite(BitConverter.GetBytes(order));

        var run = machine.Program("drain").Run(Sent);
        long[] first = Answers(machine);
        machine.Program("drain").Run(Sent);

        Assert.Null(run.Fault);
        Assert.Equal((3, 102), (first[0], first[1]));
        Assert.Equal((1, 4), (Answers(machine)[0], Answers(machine)[1]));
    }

    [Theory]
    [InlineData(MachineEngine.Interpreter)]
    [InlineData(MachineEngine.Automatic)]
    public void What_a_program_prints_is_kept_line_by_line(MachineEngine engine)
    {
        using var machine = Load(engine, 60);

        var run = machine.Program("prints").Run(Sent);

        Assert.Equal(["packet of 60 bytes, hello", "1 2 3 ff"], run.Printed);
        Assert.Equal(run.Printed, machine.Environment.Printed);
    }

    [Fact]
    public void Time_and_random_numbers_are_the_same_every_time()
    {
        using BpfMachine one = Load(MachineEngine.Automatic, 0), same = Load(MachineEngine.Interpreter, 0);
        same.Environment.Cpu = 3;
        same.Clock.Advance(TimeSpan.FromSeconds(2));

        one.Program("random").Run(Sent);
        same.Program("random").Run(Sent);

        Assert.Equal(Answers(one)[..2], Answers(same)[..2]);
        Assert.NotEqual(Answers(one)[0], Answers(one)[1]);
        Assert.Equal((0, 3), (Answers(one)[2], Answers(same)[2]));
        Assert.Equal(2_000_000_000, Answers(same)[3] - Answers(one)[3]);
    }

    private static BpfMachine Load(MachineEngine engine, int argument) =>
        BpfMachine.Load(Compiler.Read("rings").WithGlobal("argument", argument), new() { Engine = engine, CpuCount = 4 });

    private static long[] Answers(BpfMachine machine) => AnswerWords.Of(machine);

    private readonly record struct Event(uint Number, uint Length, ulong Time);
}
