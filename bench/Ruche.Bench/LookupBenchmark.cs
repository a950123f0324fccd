// SPDX-License-Identifier: MIT
using System.Diagnostics;
using System.Runtime.InteropServices;
using Ruche.Bpf.Machine;
using Ruche.Bpf.Objects.Specs;

namespace Ruche.Bench;

/// <summary>What a lookup costs a program in process, by the kind of map; beside it a table of the same content in C, in line.</summary>
internal static unsafe class LookupBenchmark
{
    private const string Prefix = "look_";
    private const string Heavy = "map_heavy";
    private const int Lookups = 10_000;

    public static void Run(string path, string library, int rounds)
    {
        var spec = ObjectSpec.ReadFile(path);
        nint native = NativeLibrary.Load(Path.GetFullPath(library));
        using var trusted = BpfMachine.Load(spec, new() { IsTrusted = true });
        using var @checked = BpfMachine.Load(spec);
        foreach (string map in spec.Programs.Where(p => p.Name.StartsWith(Prefix, StringComparison.Ordinal)).Select(p => p.Name[Prefix.Length..]))
        {
            var fill = (delegate* unmanaged<byte*, ulong, ulong>)NativeLibrary.GetExport(native, $"fill_{map}");
            var look = (delegate* unmanaged<byte*, ulong, ulong>)NativeLibrary.GetExport(native, Prefix + map);
            fill(null, 0);
            (string Name, Func<ulong> Run)[] sides = [("gcc", () => (uint)look(null, 0)), ("trusted", Runner(trusted, map)), ("checked", Runner(@checked, map))];
            foreach (var (name, run) in sides)
            {
                if (run() != sides[0].Run()) throw new InvalidOperationException($"{map}: {name} answers something else than gcc");
            }

            double[] best = [.. sides.Select(_ => double.MaxValue)];
            for (int round = 0; round < rounds; round++)
            {
                for (int side = 0; side < sides.Length; side++)
                {
                    long start = Stopwatch.GetTimestamp();
                    for (int i = 0; i < 10; i++) sides[side].Run();
                    best[side] = Math.Min(best[side], Measure.Nanoseconds(Stopwatch.GetTimestamp() - start) / 10.0);
                }
            }

            for (int side = 0; side < sides.Length; side++) Measure.Print($"{map}_{sides[side].Name}_ps", (long)(best[side] * 1000 / Lookups));
        }
    }

    /// <summary>The program that does little but look things up and count, beside what gcc makes of it with tables in C.</summary>
    public static void RunHeavy(string path, string library, int rounds)
    {
        var spec = ObjectSpec.ReadFile(path);
        nint native = NativeLibrary.Load(Path.GetFullPath(library));
        ((delegate* unmanaged<byte*, ulong, ulong>)NativeLibrary.GetExport(native, "fill_hash"))(null, 0);
        var peer = (delegate* unmanaged<byte*, ulong, ulong>)NativeLibrary.GetExport(native, Heavy);
        List<BpfMachine> machines = [];
        Func<ulong> Side(MachineOptions options)
        {
            var machine = BpfMachine.Load(spec, options);
            machines.Add(machine);
            machine.Program("fill_hash").Run();
            return Runner(machine.Program(Heavy));
        }

        ComputeBenchmark.Compare(Heavy,
        [
            ("gcc", () => (uint)peer(null, 0)),
            ("trusted", Side(new() { IsTrusted = true })),
            ("checked", Side(new())),
            ("interpreted", Side(new() { Engine = MachineEngine.Interpreter, Budget = long.MaxValue })),
        ], [], rounds);
        foreach (var machine in machines) machine.Dispose();
    }

    private static Func<ulong> Runner(BpfMachine machine, string map)
    {
        machine.Program($"fill_{map}").Run();
        return Runner(machine.Program(Prefix + map));
    }

    private static Func<ulong> Runner(LoadedProgram program)
    {
        return () =>
        {
            var run = program.Run();
            return run.Fault is null ? run.ReturnValue : throw new InvalidOperationException(run.Fault.ToString());
        };
    }
}
