// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;
using Ruche.Bpf.Machine;
using Ruche.Bpf.Objects.Linking;
using Ruche.Bpf.Objects.Specs;

namespace Ruche.Bench;

/// <summary>Runs the programs of an object in process and the same source as gcc has compiled it, in turns; times are the best of all rounds.</summary>
internal static unsafe class ComputeBenchmark
{
    private const int MemoryBytes = 64 * 1024;
    private const long RoundNanoseconds = 2_000_000;

    public static void Run(string path, string library, int rounds)
    {
        var spec = ObjectSpec.Read(File.ReadAllBytes(path));
        nint native = NativeLibrary.Load(Path.GetFullPath(library));
        byte[] memory = GC.AllocateArray<byte>(MemoryBytes, pinned: true);
        foreach (var program in spec.Programs)
        {
            var code = ProgramLinker.Link(program, spec).Instructions;
            var peer = (delegate* unmanaged<byte*, ulong, ulong>)NativeLibrary.GetExport(native, program.Name);
            (string Name, Func<ulong> Run)[] sides =
            [
                ("gcc", () => { fixed (byte* at = memory) return peer(at, MemoryBytes); }),
                .. new (string Name, MachineOptions Options)[]
                {
                    ("trusted", new() { IsTrusted = true }),
                    ("checked", new()),
                    ("interpreted", new() { Engine = MachineEngine.Interpreter, Budget = long.MaxValue }),
                }.Select(kind => (kind.Name, Runner(MachineProgram.Load(code, kind.Options), memory))),
            ];
            Compare(program.Name, sides, memory, rounds);
        }
    }

    /// <summary>Runs the sides in turns, gcc's first, and prints the best round of each, once they have answered the same.</summary>
    /// <param name="name">The program.</param>
    /// <param name="sides">What runs it.</param>
    /// <param name="memory">What it works on, filled the same before each side's first run.</param>
    /// <param name="rounds">How many rounds.</param>
    public static void Compare(string name, (string Name, Func<ulong> Run)[] sides, byte[] memory, int rounds)
    {
        ulong expected = Answer(memory, sides[0].Run);
        foreach (var (side, run) in sides)
        {
            ulong answer = Answer(memory, run);
            if (answer != expected) throw new InvalidOperationException($"{name}: {side} answers {answer}, gcc {expected}");
        }

        double[] best = [.. sides.Select(_ => double.MaxValue)];
        for (int round = 0; round < rounds; round++)
        {
            for (int side = 0; side < sides.Length; side++) best[side] = Math.Min(best[side], Nanoseconds(sides[side].Run));
        }

        for (int side = 0; side < sides.Length; side++) Measure.Print($"{name} {sides[side].Name}", (long)best[side]);
    }

    private static Func<ulong> Runner(MachineProgram program, byte[] memory) => () =>
    {
        var result = program.Run(memory);
        return result.Fault is null ? result.ReturnValue : throw new InvalidOperationException(result.Fault.ToString());
    };

    private static ulong Answer(byte[] memory, Func<ulong> run)
    {
        for (int i = 0; i < memory.Length; i++) memory[i] = (byte)((i * 31) ^ (i >> 8));
        return run();
    }

    private static double Nanoseconds(Func<ulong> run)
    {
        long start = System.Diagnostics.Stopwatch.GetTimestamp(), elapsed;
        int times = 0;
        do
        {
            run();
            times++;
            elapsed = Measure.Nanoseconds(System.Diagnostics.Stopwatch.GetTimestamp() - start);
        }
        while (elapsed < RoundNanoseconds);
        return (double)elapsed / times;
    }
}
