// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;
using System.Text;
using Ruche.Bpf.Loading;
using Ruche.Bpf.Machine.Contexts;
using Ruche.Bpf.Machine.Faults;
using Ruche.Bpf.Objects.Btf;
using Ruche.Bpf.Tests.Samples;

namespace Ruche.Bpf.Machine.Tests.Programs;

/// <summary>What programs see of their contexts, of the task and of the machine around them.</summary>
public sealed class ContextTests
{
    public static TheoryData<MachineEngine> Engines => [.. Enum.GetValues<MachineEngine>()];

    [Theory]
    [MemberData(nameof(Engines))]
    public void A_probe_sees_registers_and_the_memory_behind_them(MachineEngine engine)
    {
        using var machine = Load(engine);
        machine.Environment.Task = new() { UserStack = [0x401000, 0x402000] };
        machine.Environment.AttachCookie = 77;
        machine.Environment.FunctionAddress = 0xffff_8000_0000_1000;
        PtRegs registers = new()
        {
            Di = 5,
            Ip = 0x1234,
            Si = machine.Environment.Place("path", Encoding.UTF8.GetBytes("/etc/passwd\0more")),
            Dx = machine.Environment.Place("number", 99ul),
        };

        var run = machine.Program("probe").Run(registers);

        long[] answers = Answers(machine);
        Assert.Null(run.Fault);
        Assert.Equal([5, 0x1234, 12, 0, 99], answers[..5]);
        Assert.Equal((77, 0xffff_8000_0000_1000), (answers[6], (ulong)answers[7]));
        Assert.Equal("/etc/passwd", Text(machine, "path"));
        byte[] stack = new byte[127 * sizeof(ulong)];
        Assert.Equal(Errno.None, machine.Map("stacks").TryLookup(BitConverter.GetBytes((int)answers[5]), stack));
        Assert.Equal((0x401000, 0x402000), (BitConverter.ToInt64(stack), BitConverter.ToInt64(stack, 8)));
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public void Memory_that_is_not_there_cannot_be_probed(MachineEngine engine)
    {
        using var machine = Load(engine);

        var run = machine.Program("probe").Run(new PtRegs { Si = 0x1000 });

        Assert.Null(run.Fault);
        Assert.Equal((-(long)Errno.EFAULT, -(long)Errno.EFAULT), (Answers(machine)[2], Answers(machine)[3]));
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public void A_trace_point_sees_its_record_and_the_task(MachineEngine engine)
    {
        using var machine = Load(engine);
        machine.Environment.Task = new() { ProcessId = 10, ThreadId = 11, UserId = 1000, GroupId = 100, Name = "a long thread name", CgroupId = 55, CgroupPath = [1, 55] };

        var run = machine.Program("enter").RunWith(0, 42, 1, 2, 3, 4, 5, 6);

        Assert.Equal(1u, run.ReturnValue);
        Assert.Equal([42, 6, (10L << 32) | 11, (100L << 32) | 1000, 55, 1], Answers(machine)[..6]);
        Assert.Equal("a long thread n", Text(machine, "name"));
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public void A_record_that_is_too_short_is_a_fault_with_its_source_line(MachineEngine engine)
    {
        using var machine = Load(engine);

        var fault = machine.Program("enter").RunWith(0, 42).Fault;

        Assert.Equal(FaultKind.BadAccess, fault?.Kind);
        Assert.Contains("answer[1] = ctx->args[5];", fault?.Source?.Text, StringComparison.Ordinal);
        Assert.StartsWith("test.bpf.c:", fault?.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public void Raw_trace_points_and_perf_events_see_their_arguments(MachineEngine engine)
    {
        using var machine = Load(engine);

        machine.Program("raw").RunWith(7, 8);
        long[] raw = Answers(machine);
        machine.Program("sample").Run(new PerfEventData { SamplePeriod = 100, Addr = 0x2000, Regs = new() { Ip = 0x3000 } });

        Assert.Equal([7, 8], raw[..2]);
        Assert.Equal([100, 0x2000, 0x3000], Answers(machine)[..3]);
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public void A_program_on_addresses_changes_where_a_socket_connects_to(MachineEngine engine)
    {
        using var machine = Load(engine);
        SockAddr given = new() { UserFamily = 2, UserIp4 = 0x0a000001, UserPort = 0x3500, Sk = machine.Environment.Place("sock", new Sock { Mark = 9 }) };

        var run = machine.Program("connect").Run(given);

        var changed = run.ContextAs<SockAddr>();
        Assert.Equal([0x0a000001, 0x3500, 9], Answers(machine)[..3]);
        Assert.Equal((1u, -13, 0x0100007fu, 0x5000u), (run.ReturnValue, run.ReturnCode, changed.UserIp4, changed.UserPort));
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public void A_field_that_may_not_be_written_is_a_fault(MachineEngine engine)
    {
        using var machine = Load(engine);

        var fault = machine.Program("refused_write").Run(default(SockAddr)).Fault;

        Assert.Equal(FaultKind.BadAccess, fault?.Kind);
        Assert.Contains("in context", fault?.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public void A_program_on_options_changes_the_value(MachineEngine engine)
    {
        using var machine = Load(engine);

        var run = machine.Program("option").Run([1, 2, 3], new SockOpt { Optname = 6, Retval = -1 });

        Assert.Equal([6, 3, 2], Answers(machine)[..3]);
        Assert.Equal([0x77, 2, 3], run.Packet);
        Assert.Equal(0, run.ContextAs<SockOpt>().Retval);
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public void Programs_on_sockets_lookups_devices_and_commands_see_theirs(MachineEngine engine)
    {
        using var machine = Load(engine);

        var sockets = machine.Program("sockets").Run(new SockOps { Op = 3, RemoteIp4 = 4, SndCwnd = 10 });
        long[] answers = Answers(machine);
        var lookup = machine.Program("lookup").Run(new SkLookup { LocalPort = 80, RemoteIp4 = 0x01020304 });
        uint denied = machine.Program("device").Run(new CgroupDevice { Major = 1, Minor = 5 }).ReturnValue;
        uint permitted = machine.Program("device").Run(new CgroupDevice { Major = 1, Minor = 3 }).ReturnValue;
        var command = machine.Program("command").RunWith(41, 0);

        Assert.Equal([3, 4, 10, 0], answers[..4]);
        Assert.Equal((12u, 8u), (sockets.ContextAs<SockOps>().Reply, sockets.ContextAs<SockOps>().CbFlags & 8));
        Assert.Equal(1u, lookup.ReturnValue);
        Assert.Equal((0u, 1u), (denied, permitted));
        Assert.Equal((5u, 42L), (command.ReturnValue, BitConverter.ToInt64(command.Packet, 8)));
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public void Timers_go_off_when_the_clock_is_moved(MachineEngine engine)
    {
        using var machine = Load(engine);
        long begun = machine.Clock.Nanoseconds;

        var run = machine.Program("start_timer").Run();
        var early = machine.Clock.Advance(TimeSpan.FromTicks(49));
        var due = machine.Clock.Advance(TimeSpan.FromTicks(1));
        long[] answers = Answers(machine);
        var rest = machine.Clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Null(run.Fault);
        Assert.Equal([0, -(long)Errno.EBUSY, 0, 0], answers[2..6]);
        Assert.Equal((0, 1, 2), (early.Count, due.Count, rest.Count));
        Assert.Equal([2, begun + 5000], answers[..2]);
        Assert.Equal(begun + 7000, Answers(machine)[1]);
        Assert.All([.. due, .. rest], r => Assert.Null(r.Fault));
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public void A_timer_goes_with_the_entry_that_holds_it(MachineEngine engine)
    {
        using var machine = Load(engine);
        var map = machine.Map("timed_entries");
        byte[] key = [7, 0, 0, 0], value = new byte[map.ValueSize];
        long[] Start()
        {
            Assert.Equal(0u, machine.Program("start_timed_entry").Run().ReturnValue);
            return Answers(machine)[2..5];
        }

        Assert.Equal(Errno.None, map.TryUpdate(key, value));
        Assert.Equal([0, 0, 0], Start());
        Assert.Equal(Errno.None, map.TryDelete(key));
        Assert.Empty(machine.Clock.Advance(TimeSpan.FromSeconds(1)));

        // The new entry has the memory of the old one.
        Assert.Equal(Errno.None, map.TryUpdate(key, value));
        Assert.Equal([0, 0, 0], Start());
        Assert.Equal(Errno.None, map.TryDelete(key));
        Assert.Equal(Errno.None, map.TryUpdate(key, value));
        Assert.Equal([0, 0, 0], Start());
        Assert.Equal(3, machine.Clock.Advance(TimeSpan.FromSeconds(1)).Count);
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public void A_spin_lock_keeps_threads_apart(MachineEngine engine)
    {
        using var machine = Load(engine);
        byte[] packet = Packet.NotIp();
        var program = machine.Program("count");

        Parallel.For(0, 4, _ =>
        {
            for (int i = 0; i < 500; i++) Assert.Null(program.Run(packet).Fault);
        });

        byte[] value = new byte[8];
        machine.Map("counts").TryLookup(new byte[4], value);
        Assert.Equal((0, 2000), (BitConverter.ToInt32(value), BitConverter.ToInt32(value, 4)));
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public void A_lock_that_the_program_holds_already_ends_the_run_and_is_given_back(MachineEngine engine)
    {
        using var machine = Load(engine);

        var fault = machine.Program("locked_out").Run(Packet.NotIp()).Fault;
        var next = machine.Program("count").Run(Packet.NotIp());

        Assert.Contains("holds a lock already", fault?.Reason, StringComparison.Ordinal);
        Assert.Null(next.Fault);
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public void A_lock_that_nobody_gives_back_ends_the_run(MachineEngine engine)
    {
        // Without types nobody knows where the lock is, and an update writes over it.
        using var machine = BpfMachine.Load(Compiler.Read("contexts") with { Btf = null }, new() { Engine = engine });
        machine.Map("counts").TryUpdate(new byte[4], [1, 0, 0, 0, 0, 0, 0, 0]);

        var fault = machine.Program("count").Run(Packet.NotIp()).Fault;

        Assert.Contains("nobody gives the lock back", fault?.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public void An_iterator_writes_what_it_is_shown(MachineEngine engine)
    {
        using var machine = Load(engine);
        ulong meta = machine.Environment.Place("meta", new Iteration(1, 2, 3));

        var run = machine.Program("each").RunWith(meta, 0, machine.Environment.Place("key", 7u), machine.Environment.Place("value", 1ul << 40));
        var end = machine.Program("each").RunWith(meta, 0, 0, 0);

        Assert.Equal(("7: 1099511627776\n-\n", ""), (run.Output, end.Output));
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public void Storage_belongs_to_the_task(MachineEngine engine)
    {
        using var machine = Load(engine);
        machine.Environment.Task = new() { Address = 1 };
        machine.Program("visit").RunWith(0);
        machine.Program("visit").RunWith(0);
        long twice = Answers(machine)[0];
        machine.Environment.Task = new() { Address = 2 };

        machine.Program("visit").RunWith(0);

        Assert.Equal((2, 1), (twice, Answers(machine)[0]));
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public void Reading_beyond_a_packet_says_where(MachineEngine engine)
    {
        using var machine = Load(engine);

        var fault = machine.Program("beyond").Run(Packet.NotIp()).Fault;

        Assert.Contains("4 bytes behind packet", fault?.Reason, StringComparison.Ordinal);
        Assert.Contains("skb->data_end + 4", fault?.Source?.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("xdp_md", typeof(XdpMd))]
    [InlineData("__sk_buff", typeof(SkBuff))]
    [InlineData("bpf_sock_addr", typeof(SockAddr))]
    [InlineData("bpf_sock", typeof(Sock))]
    [InlineData("bpf_sock_ops", typeof(SockOps))]
    [InlineData("bpf_sk_lookup", typeof(SkLookup))]
    [InlineData("bpf_cgroup_dev_ctx", typeof(CgroupDevice))]
    [InlineData("bpf_sysctl", typeof(Sysctl))]
    [InlineData("bpf_sockopt", typeof(SockOpt))]
    [InlineData("pt_regs", typeof(PtRegs))]
    public void A_context_is_laid_out_as_the_kernel_has_it(string kernelName, Type type)
    {
        var types = KernelTypes.Running;
        Assert.True(types.TryFind(BtfKind.Struct, kernelName, out int id));

        Assert.Equal(types.SizeOf(id), Marshal.SizeOf(type));
    }

    private static BpfMachine Load(MachineEngine engine) => BpfMachine.Load(Compiler.Read("contexts"), new() { Engine = engine });

    private static long[] Answers(BpfMachine machine) => AnswerWords.Of(machine);

    private static string Text(BpfMachine machine, string variable)
    {
        var bytes = machine.Global<UInt128>(variable).Value;
        return Encoding.UTF8.GetString(MemoryMarshal.AsBytes(new ReadOnlySpan<UInt128>(in bytes))).TrimEnd('\0');
    }

    private readonly record struct Iteration(ulong Sequence, ulong Session, ulong Number);
}
