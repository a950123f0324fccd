// SPDX-License-Identifier: MIT
using System.Globalization;
using Ruche.Bpf.Machine.Faults;

namespace Ruche.Bpf.Machine.Tests;

/// <summary>
/// Code without sense does no harm: it ends, and touches nothing beside what it is given. RUCHE_FUZZ_CASES asks for more than the usual.
/// </summary>
public sealed class RandomProgramTests
{
    private const int Margin = 1024;
    private const byte Untouched = 0xa5;
    private const long Budget = 20_000;

    private static readonly int Cases =
        Environment.GetEnvironmentVariable("RUCHE_FUZZ_CASES") is { } cases ? int.Parse(cases, CultureInfo.InvariantCulture) : 20_000;

    [Theory]
    [InlineData(MachineEngine.Interpreter)]
    [InlineData(MachineEngine.Automatic)]
    public void Nothing_but_the_memory_of_the_run_is_touched(MachineEngine engine)
    {
        byte[] memory = new byte[Margin + 64 + Margin];
        Dictionary<FaultKind, int> faults = [];
        int ended = 0;

        for (int seed = 0; seed < Cases; seed++)
        {
            memory.AsSpan().Fill(Untouched);
            var program = MachineProgram.Load(new RandomProgram(seed).Generate(), RandomProgram.Options with { Budget = Budget, Engine = engine });

            var result = program.Run(memory.AsSpan(Margin, 64));

            Assert.False(memory.AsSpan(0, Margin).ContainsAnyExcept(Untouched), $"program {seed} wrote before its memory");
            Assert.False(memory.AsSpan(Margin + 64).ContainsAnyExcept(Untouched), $"program {seed} wrote behind its memory");
            Assert.InRange(result.InstructionCount, 0, Budget + program.Instructions.Length);
            if (result.Fault is { } fault) faults[fault.Kind] = faults.GetValueOrDefault(fault.Kind) + 1;
            else ended++;
        }

        // Programs that all end the same way would prove little.
        Assert.True(ended > Cases / 20, $"{ended} of {Cases} ended by themselves");
        Assert.All([FaultKind.BadAccess, FaultKind.BudgetExceeded, FaultKind.CallsTooDeep, FaultKind.Misaligned, FaultKind.BadCall, FaultKind.HelperFailed], kind => Assert.True(faults.GetValueOrDefault(kind) > 0, $"no run ended with {kind}"));
    }

    [Fact]
    public void Machine_code_does_what_the_interpreter_does()
    {
        byte[] memory = new byte[64], same = new byte[64];
        int compared = 0;

        for (int seed = 0; seed < Cases; seed++)
        {
            var code = new RandomProgram(seed, withoutAddresses: true).Generate();
            memory.AsSpan().Fill(Untouched);
            same.AsSpan().Fill(Untouched);

            var expected = MachineProgram.Load(code, RandomProgram.Options with { Budget = Budget, Engine = MachineEngine.Interpreter }).Run(memory);
            if (expected.Fault is not null) continue;
            var actual = MachineProgram.Load(code, RandomProgram.Options with { Budget = 100 * Budget }).Run(same);

            Assert.True(actual.Fault is null, $"program {seed}: {actual.Fault}");
            Assert.True(expected.ReturnValue == actual.ReturnValue, $"program {seed}: 0x{expected.ReturnValue:x} by the interpreter, 0x{actual.ReturnValue:x} by machine code");
            Assert.True(memory.AsSpan().SequenceEqual(same), $"program {seed} leaves other memory");
            compared++;
        }

        Assert.True(compared > Cases / 10, $"{compared} of {Cases} programs ended");
    }
}
