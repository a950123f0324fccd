// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;
using Ruche.Bpf.Loading;
using Ruche.Bpf.Machine;
using Ruche.Bpf.Machine.Contexts;
using Ruche.Bpf.Machine.Maps;
using Ruche.Bpf.Machine.Runs;
using Ruche.Bpf.Machine.Surroundings;
using Ruche.Bpf.Objects.Specs;
using Ruche.Bpf.Objects.Uapi;

namespace Ruche.Bpf.Compiler.Tests.Clang;

/// <summary>Twins in two machines with the same clock, tasks and numbers: whatever they are given, what they return, write, tell and leave in their maps is the same.</summary>
internal sealed class MachineTwins : IDisposable
{
    private const int Turns = 800;

    private readonly BpfMachine _one, _other;
    private readonly Random _random = new(7);
    private readonly List<byte[]> _packets = [.. Packets.Generate()];

    public MachineTwins(ObjectSpec one, ObjectSpec other)
    {
        (_one, _other) = (Load(one), Load(other));
    }

    /// <summary>How many runs agreed; none for programs that walk through the kernel's own structures.</summary>
    public int Compare()
    {
        var names = _one.Programs.Values.Where(p => IsRun(p.Type)).Select(p => p.Name).Order(StringComparer.Ordinal).ToList();
        if (names.Count == 0) return 0;
        HashSet<string> seen = [];
        for (int turn = 0; turn < Turns; turn++)
        {
            Surround(turn);
            string name = names[_random.Next(names.Count)];
            int seed = _random.Next();
            var (a, b) = (Run(_one.Program(name), turn, seed), Run(_other.Program(name), turn, seed));
            Assert.True(a.Fault is null && b.Fault is null, $"{name}: {a.Fault} {b.Fault}");
            Assert.True(a.ReturnValue == b.ReturnValue, $"{name}: {b.ReturnValue:x} instead of {a.ReturnValue:x}, turn {turn}");
            Assert.Equal(a.Packet, b.Packet);
            if (a.Packet.Length > 0) Assert.Equal(Visible(a.Context), Visible(b.Context));
            seen.Add($"{a.ReturnValue}");
        }

        foreach (var (first, second) in TwinMaps.Pair(_one.Maps.Values, _other.Maps.Values))
        {
            var contents = Contents(first);
            Assert.Equal(contents, Contents(second));
            seen.UnionWith(contents);
        }

        Assert.True(seen.Count > 1, "nothing ever happened");
        return Turns;
    }

    public void Dispose()
    {
        _one.Dispose();
        _other.Dispose();
    }

    private static BpfMachine Load(ObjectSpec spec)
    {
        // Tables of functions are the kernel's: programs do not refer to them.
        var known = spec with { Maps = [.. spec.Maps.Where(m => m.Type is not MapType.StructOps)] };
        var machine = BpfMachine.Load(known, new() { TargetTypes = [KernelTypes.Running] });
        foreach (var map in machine.Maps.Values) TwinMaps.Fill(map);
        return machine;
    }

    // Their arguments lead into the kernel.
    private static bool IsRun(ProgramType type) => type is not (ProgramType.Tracing or ProgramType.Lsm or ProgramType.StructOps or ProgramType.Syscall);

    // A few processes; mostly moments go by, sometimes seconds.
    private void Surround(int turn)
    {
        var time = TimeSpan.FromMicroseconds(turn % 100 == 0 ? 3_000_000 : _random.Next(5000));
        uint process = (uint)_random.Next(1, 4);
        MachineTask task = new() { ProcessId = process * 10, ThreadId = process * 10 + 1, Name = $"task{process}", UserId = process, KernelStack = [process, 2, 3], UserStack = [4, process] };
        foreach (var machine in (BpfMachine[])[_one, _other])
        {
            machine.Clock.Advance(time);
            machine.Environment.Task = task;
        }
    }

    private MachineRun Run(LoadedProgram program, int turn, int seed)
    {
        Random random = new(seed);
        return program.Type switch
        {
            ProgramType.Xdp or ProgramType.SchedCls => program.Run(_packets[turn % _packets.Count]),
            ProgramType.CgroupSockAddr => program.Run(Context<SockAddr>(random)),
            ProgramType.SockOps => program.Run(Context<SockOps>(random)),
            ProgramType.PerfEvent => program.Run(Context<PerfEventData>(random)),
            ProgramType.Kprobe => program.Run(Context<PtRegs>(random)),
            _ => program.RunWith([.. Enumerable.Range(0, 16).Select(_ => (ulong)random.Next(300))]),
        };
    }

    // Small numbers, so that they are what programs ask for now and then.
    private static T Context<T>(Random random)
        where T : unmanaged
    {
        T context = default;
        var words = MemoryMarshal.Cast<T, uint>(new Span<T>(ref context));
        foreach (ref uint word in words) word = (uint)random.Next(16);
        return context;
    }

    // Without the addresses of the packet.
    private static byte[] Visible(byte[] context) => context.Length < 160 ? [] : [.. context[8..76], .. context[152..160]];

    private static List<string> Contents(MachineMap map) => map is MachineRingBuffer ring ? [.. ring.ReadAll().Select(Convert.ToHexStringLower)] : TwinMaps.Contents(map);
}
