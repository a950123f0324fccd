using Ruche.Bpf.Machine;

namespace FilterTests;

public sealed class SyscallTests
{
    [Fact]
    public void Counts_system_calls_by_process()
    {
        using var machine = BpfMachine.Load(Sample.Compile("syscall_tracer"));
        var enter = machine.Program("trace_syscall_enter");

        foreach (uint process in (uint[])[10, 20, 10])
        {
            machine.Environment.Task = new() { ProcessId = process, ThreadId = process };
            Assert.Null(enter.Run().Fault);
        }

        var counts = machine.HashMap<uint, ulong>("syscall_count");
        Assert.Equal((2ul, 1ul), (counts[10], counts[20]));
    }

    [Fact]
    public void Draws_how_long_a_system_call_took()
    {
        using var machine = BpfMachine.Load(Sample.Compile("syscall_latency"));

        machine.Program("enter").Run();
        machine.Clock.Advance(TimeSpan.FromMicroseconds(5));
        machine.Program("leave").Run();

        // 5,000 ns lie between 2^12 and 2^13.
        var slots = machine.Array<ulong>("latency_hist");
        Assert.Equal(1ul, slots[12]);
    }
}
