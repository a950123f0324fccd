// SPDX-License-Identifier: MIT
using Ruche.Bpf.Machine.Faults;
using Ruche.Bpf.Objects.Instructions;
using Ruche.Bpf.Objects.Uapi;

namespace Ruche.Bpf.Machine.Tests;

/// <summary>Helpers that call functions of the program, and runs within runs.</summary>
public sealed class ReentryTests
{
    private const HelperId CallTwice = (HelperId)1000;
    private const HelperId RunOther = (HelperId)1001;

    // R0 = what the helper makes of the function at slot 7, which keeps a local variable and changes R6.
    private const string Callback = """
        r6 = 5
        *(u64 *)(r10 - 8) = r6
        r1 = function ll
        r2 = 3
        call 1000
        r0 += r6
        exit
        r6 = r1
        *(u64 *)(r10 - 8) = 1000
        r6 += r2
        r0 = r6
        exit
        """;

    private static readonly HelperTable Helpers = HelperTable.Empty.With(CallTwice, static (in HelperCall call) =>
        call.Invoke(call.First, call.Second, 10) + call.Invoke(call.First, call.Second, 100));

    [Theory]
    [InlineData(MachineEngine.Interpreter)]
    [InlineData(MachineEngine.Automatic)]
    public void A_helper_calls_a_function_of_the_program(MachineEngine engine)
    {
        var result = Load(Callback, engine).Run([]);

        Assert.Null(result.Fault);
        Assert.Equal((3ul + 10) + (3 + 100) + 5, result.ReturnValue);
    }

    [Theory]
    [InlineData(MachineEngine.Interpreter)]
    [InlineData(MachineEngine.Automatic)]
    public void A_fault_in_such_a_function_ends_the_run_where_it_happened(MachineEngine engine)
    {
        var fault = Load(Callback.Replace("r6 += r2", "r6 = *(u64 *)(r2 + 0)", StringComparison.Ordinal), engine).Run([]).Fault;

        Assert.Equal((FaultKind.BadAccess, 10), (fault?.Kind, fault?.Slot));
        Assert.Contains("a null pointer", fault?.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(MachineEngine.Interpreter)]
    [InlineData(MachineEngine.Automatic)]
    public void A_helper_cannot_call_what_is_no_function(MachineEngine engine)
    {
        var fault = Load(Callback.Replace("r2 = 3", "r1 += 1", StringComparison.Ordinal), engine).Run([]).Fault;

        Assert.Equal((FaultKind.BadCall, 5), (fault?.Kind, fault?.Slot));
    }

    [Theory]
    [InlineData(MachineEngine.Interpreter)]
    [InlineData(MachineEngine.Automatic)]
    public void Functions_that_helpers_call_count_as_others_do(MachineEngine engine)
    {
        // The function hands itself on, without end.
        const string Endless = """
            r1 = function ll
            call 1000
            exit
            r1 = function ll
            call 1000
            exit
            """;

        var fault = MachineProgram.Load(Assemble(Endless, (0, 4), (4, 4)), new() { Helpers = Helpers, Engine = engine }).Run([]).Fault;

        Assert.Equal(FaultKind.CallsTooDeep, fault?.Kind);
    }

    [Theory]
    [InlineData(MachineEngine.Interpreter)]
    [InlineData(MachineEngine.Automatic)]
    public void A_helper_runs_another_program(MachineEngine engine)
    {
        var inner = MachineProgram.Load([.. Assembler.Assemble("r0 = *(u8 *)(r1 + 0)\n*(u64 *)(r10 - 8) = 7\nexit")], new() { Engine = engine });
        var helpers = HelperTable.Empty.With(RunOther, (in HelperCall call) => inner.Run(call.Write(call.First, (int)call.Second)).ReturnValue);
        var outer = MachineProgram.Load(
            [.. Assembler.Assemble("*(u64 *)(r10 - 8) = 1\ncall 1001\nr1 = *(u64 *)(r10 - 8)\nr0 += r1\nexit")], new() { Helpers = helpers, Engine = engine });

        Assert.Equal(42ul, outer.Run(new byte[] { 41 }).ReturnValue);
    }

    [Theory]
    [InlineData(MachineEngine.Interpreter)]
    [InlineData(MachineEngine.Automatic)]
    public void A_run_allocates_nothing(MachineEngine engine)
    {
        var program = Load(Callback, engine);
        byte[] memory = new byte[8];
        program.Run(memory);

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 100; i++) program.Run(memory);

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static MachineProgram Load(string code, MachineEngine engine) =>
        MachineProgram.Load(Assemble(code, (2, 8)), new() { Helpers = Helpers, Engine = engine });

    // The assembler has no words for the address of a function.
    private static System.Collections.Immutable.ImmutableArray<Instruction> Assemble(string code, params (int Slot, int Function)[] addresses)
    {
        var program = Assembler.Assemble(code.Replace("function ll", "0 ll", StringComparison.Ordinal)).ToArray();
        foreach (var (slot, function) in addresses)
            program[slot] = program[slot].WithSource((Register)WideSource.Function).WithImmediate(function - slot - 1);
        return [.. program];
    }
}
