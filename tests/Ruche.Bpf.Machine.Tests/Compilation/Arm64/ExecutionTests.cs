// SPDX-License-Identifier: MIT
using Ruche.Bpf.Machine.Faults;
using Ruche.Bpf.Objects.Instructions;
using Ruche.Bpf.Machine.Tests.Conformance;
using Ruche.Bpf.Objects.Tests.Instructions;

namespace Ruche.Bpf.Machine.Tests.Compilation.Arm64;

/// <summary>Machine code for arm64, run under emulation.</summary>
public sealed class ExecutionTests
{
    private const int RandomPrograms = 2000;
    private const int Shorter = 60; // than what the programs take their memory for
    private const byte Untouched = 0xa5;
    private const long Budget = 20_000;

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

    [Fact]
    public void Random_programs_do_what_they_do_in_the_interpreter()
    {
        List<GuestCase> cases = [];
        List<(int Seed, RunResult Result, byte[] Memory)> expected = [];
        for (int seed = 0; seed < RandomPrograms; seed++)
        {
            byte[] memory = new byte[Shorter];
            memory.AsSpan().Fill(Untouched);
            var program = MachineProgram.Load(new RandomProgram(seed, withoutAddresses: true).Generate(), Options with { Budget = Budget });
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
            Assert.Equal((seed, result.Fault?.Kind, result.Fault?.Slot ?? 0), (seed, actual.Fault, actual.Fault is null ? 0 : actual.Slot));
            if (actual.Fault is null) Assert.Equal((seed, result.ReturnValue), (seed, actual.Value));
            Assert.Equal(memory, actual.Memory);
            Assert.False(actual.IsDamaged, $"program {seed} changes what is not its own");
        });
        Assert.InRange(results.Count(r => r.Fault is null), RandomPrograms / 10, RandomPrograms);
        Assert.All([FaultKind.BadAccess, FaultKind.CallsTooDeep, FaultKind.Misaligned, FaultKind.BadCall, FaultKind.HelperFailed], kind => Assert.Contains(results, r => r.Fault == kind));
    }

    [Fact]
    public void Random_programs_touch_nothing_but_their_memory()
    {
        byte[] memory = new byte[64];
        memory.AsSpan().Fill(Untouched);
        GuestCase[] cases = [.. Enumerable.Range(0, RandomPrograms).Select(seed =>
            Guest.Compile(MachineProgram.Load(new RandomProgram(seed).Generate(), Options with { Budget = Budget }), isTrusted: false, memory))];

        var results = Guest.Run(cases);

        Assert.All(results.Index(), result => Assert.False(result.Item.IsDamaged, $"program {result.Index} changes what is not its own"));
        Assert.InRange(results.Count(r => r.Fault is null), RandomPrograms / 20, RandomPrograms);
        Assert.All(Enum.GetValues<FaultKind>(), kind => Assert.Contains(results, r => r.Fault == kind));
    }
}
