// SPDX-License-Identifier: MIT
using System.Collections.Immutable;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using Ruche.Bpf.Machine;
using Ruche.Bpf.Objects.Instructions;
using Ruche.Bpf.Objects.Linking;
using Ruche.Bpf.Objects.Specs;

namespace Ruche.Bench;

/// <summary>How long it takes to make machine code, warm, of straight and looping code of three sizes; and what a run of an empty program costs.</summary>
internal static class CompileBenchmark
{
    private const int Rounds = 500;
    private const long WarmNanoseconds = 2_000_000_000;
    private const int CallRounds = 200;
    private const int Calls = 100_000;

    public static void Run(string path)
    {
        var spec = ObjectSpec.Read(File.ReadAllBytes(path));
        var body = ProgramLinker.Link(spec.Programs.First(p => p.Name == "sort"), spec).Instructions;
        foreach (int instructions in (ReadOnlySpan<int>)[100, 1000, 10_000])
        {
            var code = Repeated(body, instructions);
            Warm(code);
            long compiled = Time(code, MachineEngine.Automatic), decoded = Time(code, MachineEngine.Interpreter);
            Measure.Print($"load_{instructions}", compiled);
            Measure.Print($"compile_{instructions}", compiled - decoded);
        }

        Measure.Print("empty_call_ps", EmptyCall(isTrusted: true));
        Measure.Print("empty_checked_call_ps", EmptyCall(isTrusted: false));
    }

    // Compiled as a program's own loop is after a while, not as it is at first.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static long EmptyCall(bool isTrusted)
    {
        var empty = MachineProgram.Load([Insn.Mov64(Register.R0, 0), Insn.Exit()], new() { IsTrusted = isTrusted });
        byte[] memory = GC.AllocateArray<byte>(64, pinned: true);
        long best = long.MaxValue;
        for (int round = 0; round < CallRounds; round++)
        {
            long start = Stopwatch.GetTimestamp();
            for (int i = 0; i < Calls; i++) empty.Run(memory);
            best = Math.Min(best, Measure.Nanoseconds(Stopwatch.GetTimestamp() - start) * 1000 / Calls);
        }

        return best;
    }

    // The body without its exit, as often as it fits, and one exit.
    private static ImmutableArray<Instruction> Repeated(ImmutableArray<Instruction> body, int instructions)
    {
        var repeated = ImmutableArray.CreateBuilder<Instruction>(instructions);
        var part = body.RemoveAt(body.Length - 1);
        while (repeated.Count + part.Length < instructions) repeated.AddRange(part);
        while (repeated.Count < instructions - 1) repeated.Add(Insn.Mov64(Register.R0, repeated.Count));
        repeated.Add(Insn.Exit());
        return repeated.ToImmutable();
    }

    private static void Warm(ImmutableArray<Instruction> code)
    {
        long start = Stopwatch.GetTimestamp();
        while (Measure.Nanoseconds(Stopwatch.GetTimestamp() - start) < WarmNanoseconds) MachineProgram.Load(code);
    }

    // The best of many short rounds: what else the machine does then falls into the others.
    private static long Time(ImmutableArray<Instruction> code, MachineEngine engine)
    {
        MachineOptions options = new() { Engine = engine };
        long best = long.MaxValue;
        for (int round = 0; round < Rounds; round++)
        {
            int times = Math.Max(1, 1000 / code.Length);
            long start = Stopwatch.GetTimestamp();
            for (int i = 0; i < times; i++) MachineProgram.Load(code, options);
            best = Math.Min(best, Measure.Nanoseconds(Stopwatch.GetTimestamp() - start) / times);
        }

        return best;
    }
}
