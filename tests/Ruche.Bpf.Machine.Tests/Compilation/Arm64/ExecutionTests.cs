// SPDX-License-Identifier: MIT
using System.Globalization;
using Ruche.Bpf.Machine.Faults;
using Ruche.Bpf.Machine.Tests.Conformance;
using Ruche.Bpf.Objects.Instructions;
using Ruche.Bpf.Objects.Linking;
using Ruche.Bpf.Objects.Specs;
using Ruche.Bpf.Objects.Tests;
using Ruche.Bpf.Objects.Tests.Instructions;
using Ruche.Bpf.Tests;

namespace Ruche.Bpf.Machine.Tests.Compilation.Arm64;

/// <summary>Machine code for arm64, run under emulation. RUCHE_FUZZ_CASES asks for more random programs than the usual.</summary>
public sealed class ExecutionTests
{
    private const int AtOnce = 2000;
    private const int Shorter = 60; // than what the programs take their memory for
    private const byte Untouched = 0xa5;
    private const long Budget = 20_000;

    private static readonly int RandomPrograms =
        Environment.GetEnvironmentVariable("RUCHE_FUZZ_CASES") is { } cases ? int.Parse(cases, CultureInfo.InvariantCulture) : AtOnce;

    private static readonly MachineOptions Options = new() { Helpers = GuestRuntime.Helpers, Engine = MachineEngine.Interpreter };

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Programs_of_the_conformance_suite_return_what_it_expects(bool isTrusted)
    {
        ConformanceCase.Require();
        GuestCase[] cases = [.. ConformanceCase.Positive.Select(c => Guest.Compile(MachineProgram.Load([.. InstructionCodec.Decode(c.Bytecode)], Options), isTrusted, ConformanceTests.MemoryOf(c)))];

        var results = Guest.Run(cases);

        Assert.All(ConformanceCase.Positive.Zip(results), pair => Assert.Equal(
            (pair.First.Name, ConformanceTests.ResultOf(pair.First), null, false), (pair.First.Name, pair.Second.Value, pair.Second.Fault, pair.Second.IsDamaged)));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Every_operation_computes_what_the_interpreter_does(bool isTrusted)
    {
        var programs = EveryOperation.Programs.Select(p => (p.Name, Program: MachineProgram.Load(p.Code, Options), p.Memory)).ToArray();

        var results = Guest.Run([.. programs.Select(p => Guest.Compile(p.Program, isTrusted, p.Memory))]);

        Assert.All(programs.Zip(results), pair =>
        {
            byte[] expected = [.. pair.First.Memory];
            Assert.Null(pair.First.Program.Run(expected).Fault);
            Assert.True(expected.AsSpan().SequenceEqual(pair.Second.Memory), $"{pair.First.Name}: other numbers");
        });
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Compiled_C_computes_what_it_does_in_the_interpreter(bool isTrusted)
    {
        string folder = Path.Combine(Compiled.Root, "bench", "programs"), source = File.ReadAllText(Path.Combine(folder, "compute.c"));
        var spec = ObjectSpec.Read(Compiled.Get(
            source + File.ReadAllText(Path.Combine(folder, "compute.h")), () => Clang.Compile(source, "-mcpu=v3", $"-I{folder}")));
        var programs = spec.Programs.Select(p => (p.Name, Program: MachineProgram.Load(ProgramLinker.Link(p, spec).Instructions, Options with { Budget = long.MaxValue }))).ToArray();
        byte[] memory = [.. Enumerable.Range(0, 64 << 10).Select(i => (byte)((i * 31) ^ (i >> 8)))];

        var results = Guest.Run([.. programs.Select(p => Guest.Compile(p.Program, isTrusted, memory))]);

        Assert.All(programs.Zip(results), pair =>
        {
            byte[] expected = [.. memory];
            ulong value = pair.First.Program.Run(expected).ReturnValue;
            Assert.Equal((pair.First.Name, value, null, false), (pair.First.Name, pair.Second.Value, pair.Second.Fault, pair.Second.IsDamaged));
            Assert.Equal(expected, pair.Second.Memory);
        });
    }

    [Fact]
    public void Random_programs_do_what_they_do_in_the_interpreter()
    {
        List<FaultKind?> ends = [];
        foreach (int[] seeds in Seeds()) ends.AddRange(CompareWithInterpreter(seeds));

        Assert.InRange(ends.Count(end => end is null), RandomPrograms / 10, RandomPrograms);
        Assert.All(Enum.GetValues<FaultKind>(), kind => Assert.True(kind is FaultKind.BudgetExceeded || ends.Contains(kind), $"no run ended with {kind}"));
    }

    [Fact]
    public void Random_programs_touch_nothing_but_their_memory()
    {
        List<FaultKind?> ends = [];
        foreach (int[] seeds in Seeds())
        {
            var results = Guest.Run([.. seeds.Select(seed => Guest.Compile(Load(seed, withoutAddresses: false), isTrusted: false, NewMemory(64)))]);

            Assert.All(seeds.Zip(results), pair => Assert.False(pair.Second.IsDamaged, $"program {pair.First} changes what is not its own"));
            ends.AddRange(results.Select(result => result.Fault));
        }

        Assert.InRange(ends.Count(end => end is null), RandomPrograms / 20, RandomPrograms);
        Assert.All(Enum.GetValues<FaultKind>(), kind => Assert.Contains(kind, ends));
    }

    private static FaultKind?[] CompareWithInterpreter(int[] seeds)
    {
        List<GuestCase> cases = [];
        List<(int Seed, RunResult Result, byte[] Memory)> expected = [];
        foreach (int seed in seeds)
        {
            byte[] memory = NewMemory(Shorter);
            var program = Load(seed, withoutAddresses: true);
            // Machine code may count more than the interpreter.
            var guest = Guest.Compile(program, isTrusted: false, memory) with { Budget = 100 * Budget };

            var result = program.Run(memory);
            if (result.Fault?.Kind is FaultKind.BudgetExceeded) continue;
            cases.Add(guest);
            expected.Add((seed, result, memory));
        }

        var results = Guest.Run(cases);

        Assert.All(expected.Zip(results), pair =>
        {
            var ((seed, result, memory), actual) = pair;
            Assert.Equal((seed, result.Fault?.Kind, false), (seed, actual.Fault, actual.IsDamaged));
            if (result.Fault is not { } fault) Assert.Equal((seed, result.ReturnValue), (seed, actual.Value));
            else Assert.Equal((seed, fault.Slot), (seed, actual.Slot));
            if (result.Fault is { Kind: FaultKind.BadAccess } access) Assert.Equal(access.Address - access.Regions.Single(r => r.Name == "memory").Start, actual.Offset);
            Assert.Equal(memory, actual.Memory);
        });
        return [.. results.Select(result => result.Fault)];
    }

    private static IEnumerable<int[]> Seeds() => Enumerable.Range(0, RandomPrograms).Chunk(AtOnce);

    private static MachineProgram Load(int seed, bool withoutAddresses) =>
        MachineProgram.Load(new RandomProgram(seed, withoutAddresses).Generate(), Options with { Budget = Budget });

    private static byte[] NewMemory(int length)
    {
        byte[] memory = new byte[length];
        memory.AsSpan().Fill(Untouched);
        return memory;
    }
}
