using Ruche.Bpf.Machine;

namespace Name1.Tests;

/// <summary>The kernel side in this process: no root, no kernel.</summary>
public sealed class ProbeTests
{
    [Fact]
    public void Opens_are_counted_by_process()
    {
        using var machine = BpfMachine.Load(ProbeObject.Spec);

        foreach (uint process in (uint[])[10, 20, 10]) OnOpen(machine, process);

        var counts = machine.HashMap<uint, ulong>("Counts");
        Assert.Equal((2ul, 1ul), (counts[10], counts[20]));
    }

    [Fact]
    public void Other_processes_are_left_out()
    {
        using var machine = BpfMachine.Load(ProbeObject.Spec.WithGlobal("Process", 10u));

        foreach (uint process in (uint[])[10, 20, 10]) OnOpen(machine, process);

        Assert.Equal([10u], machine.HashMap<uint, ulong>("Counts").Select(entry => entry.Key));
    }

    private static void OnOpen(BpfMachine machine, uint process)
    {
        machine.Environment.Task = new() { ProcessId = process, ThreadId = process };

        // What the kernel would hand over: the call's number and six arguments, behind eight bytes of its own.
        byte[] record = new byte[64];
        Assert.Null(machine.Program("on_open").Run(record).Fault);
    }
}
