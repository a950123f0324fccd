// SPDX-License-Identifier: MIT
using Ruche.Bpf.Machine.Faults;
using Ruche.Bpf.Machine.Memory;
using Ruche.Bpf.Objects.Diagnostics;
using Ruche.Bpf.Objects.Instructions;
using Ruche.Bpf.Objects.Uapi;

namespace Ruche.Bpf.Machine.Tests;

/// <summary>Whatever a program does, the run ends with a report and the process goes on.</summary>
public sealed class FaultTests
{
    public static MatrixTheoryData<MachineEngine, (string Code, string What, string Where)> BadAccesses => new(Enum.GetValues<MachineEngine>(),
    [
        ("r0 = *(u64 *)(r1 + 0)", "reads 8 bytes", "which runs over the end of memory"),
        ("r0 = *(u8 *)(r1 + 4)", "reads 1 bytes", "0 bytes behind memory"),
        ("r0 = *(u8 *)(r1 - 1)", "reads 1 bytes", "1 bytes before memory"),
        ("*(u32 *)(r1 + 2) = 1", "writes 4 bytes", "which runs over the end of memory"),
        ("r0 = *(u64 *)(r10 + 0)", "reads 8 bytes", "0 bytes behind stack"),
        ("r0 = *(u64 *)(r0 + 0)", "reads 8 bytes", "a null pointer"),
        ("r2 = 0xffffffffffffffff ll\nr0 = *(u64 *)(r2 + 0)", "reads 8 bytes", "which is in no region"),
        ("lock *(u64 *)(r10 - 12) += r1", "an atomic access of 8 bytes", "not a multiple of 8"),
        ("r2 = 7\ncallx r2", "calls 0x7", "which is no function"),
        // What looks like the address of a slot, here of the second half of the load itself, is only a number.
        ("r2 = 0x0bf0000000000002 ll\ncallx r2", "calls 0xbf0000000000002", "which is no function"),
        ("r2 = subprog[-2] ll\nr2 += 2\ncallx r2", "calls 0xbf0000000000002", "which is no function"),
    ]);

    [Theory]
    [MemberData(nameof(BadAccesses))]
    public void A_bad_access_ends_the_run(MachineEngine engine, (string Code, string What, string Where) access)
    {
        var result = Load($"r0 = 0\n{access.Code}\nexit", new() { Engine = engine }).Run(new byte[4]);

        Assert.NotNull(result.Fault);
        Assert.Contains(access.What, result.Fault.Reason, StringComparison.Ordinal);
        Assert.Contains(access.Where, result.Fault.Reason, StringComparison.Ordinal);
        Assert.Equal(0ul, result.ReturnValue);
        Assert.Equal(access.Code.Split('\n')[^1], $"{result.Fault.Instruction}");
    }

    [Theory]
    [InlineData(MachineEngine.Interpreter)]
    [InlineData(MachineEngine.Automatic)]
    public void An_endless_loop_ends_with_its_budget(MachineEngine engine)
    {
        var result = Load("r0 = 0\nr0 += 1\ngoto -2", new() { Budget = 1000, Engine = engine }).Run([]);

        Assert.Equal(FaultKind.BudgetExceeded, result.Fault?.Kind);
        Assert.InRange(result.InstructionCount, 1000, 1003);
    }

    [Theory]
    [InlineData(MachineEngine.Interpreter)]
    [InlineData(MachineEngine.Automatic)]
    public void A_loop_with_may_goto_ends_by_itself(MachineEngine engine)
    {
        var result = Load("r0 = 0\nmay_goto +2\nr0 += 1\ngoto -3\nexit", new() { Engine = engine }).Run([]);

        Assert.Equal(8ul << 20, result.ReturnValue);
    }

    [Theory]
    [InlineData(MachineEngine.Interpreter)]
    [InlineData(MachineEngine.Automatic)]
    public void A_may_goto_that_goes_back_takes_from_the_budget_too(MachineEngine engine)
    {
        var result = Load("r0 = 0\nmay_goto -2\ngoto -2\nexit", new() { Engine = engine, Budget = 30_000_000 }).Run([]);

        Assert.Equal(FaultKind.BudgetExceeded, result.Fault?.Kind);
    }

    [Theory]
    [InlineData(MachineEngine.Interpreter)]
    [InlineData(MachineEngine.Automatic)]
    public void A_helper_that_throws_ends_the_run_and_not_the_process(MachineEngine engine)
    {
        var helpers = HelperTable.Empty.With(HelperId.KtimeGetNs, static (in HelperCall _) => throw new TimeZoneNotFoundException("no clock"));

        var fault = Load("call 5\nexit", new() { Helpers = helpers, Engine = engine }).Run([]).Fault;

        Assert.Equal((FaultKind.HelperFailed, 0), (fault?.Kind, fault?.Slot));
        Assert.IsType<TimeZoneNotFoundException>(fault?.Exception);
        Assert.Contains("no clock", fault?.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(MachineEngine.Interpreter)]
    [InlineData(MachineEngine.Automatic)]
    public void Functions_that_call_each_other_for_ever_end(MachineEngine engine)
    {
        var result = Load("r0 = 0\ncall pc-2\nexit", new() { Engine = engine }).Run([]);

        Assert.Equal(FaultKind.CallsTooDeep, result.Fault?.Kind);
    }

    [Fact]
    public void What_is_below_the_stack_in_use_is_out_of_reach_of_the_interpreter()
    {
        var result = Load("r0 = *(u64 *)(r10 - 520)\nexit", new() { Engine = MachineEngine.Interpreter }).Run([]);

        Assert.Contains("8 bytes before stack", result.Fault?.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_function_sees_the_stack_of_its_caller_and_not_what_returned()
    {
        const string Code = """
            r1 = r10
            *(u64 *)(r10 - 8) = 5
            call pc+2
            r0 = *(u64 *)(r0 - 8)
            exit
            r2 = *(u64 *)(r1 - 8)
            *(u64 *)(r10 - 8) = 7
            r0 = r10
            exit
            """;

        var result = Load(Code, new() { Engine = MachineEngine.Interpreter }).Run([]);

        Assert.Equal(3, result.Fault?.Slot);
        Assert.Contains("before stack", result.Fault?.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(MachineEngine.Interpreter)]
    [InlineData(MachineEngine.Automatic)]
    public void Memory_of_an_earlier_run_is_gone(MachineEngine engine)
    {
        byte[] choice = [1];
        var program = Load("r2 = *(u8 *)(r1 + 0)\nif r2 == 0 goto +1\n*(u64 *)(r10 - 8) = 99\nr0 = *(u64 *)(r10 - 8)\nexit", new() { Engine = engine });

        ulong written = program.Run(choice).ReturnValue;
        choice[0] = 0;
        ulong read = program.Run(choice).ReturnValue;

        Assert.Equal((99ul, 0ul), (written, read));
    }

    [Theory]
    [InlineData(MachineEngine.Interpreter)]
    [InlineData(MachineEngine.Automatic)]
    public void A_helper_reaches_only_what_the_program_may(MachineEngine engine)
    {
        var helpers = HelperTable.Empty.With(HelperId.GetPrandomU32, static (in HelperCall call) => call.Read(call.First, (int)call.Second)[0]);
        var program = Load("call 7\nexit", new() { Helpers = helpers, Engine = engine });

        ulong allowed = program.Run(new byte[] { 42 }).ReturnValue;
        var fault = Load("r2 = 2\ncall 7\nexit", new() { Helpers = helpers, Engine = engine }).Run(new byte[] { 42 }).Fault;

        Assert.Equal(42ul, allowed);
        Assert.Equal(FaultKind.BadAccess, fault?.Kind);
        Assert.IsType<MemoryFaultException>(fault?.Exception);
    }

    [Theory]
    [InlineData("call 1\nexit", MachineDiagnostics.NoHelper, "bpf_map_lookup_elem")]
    [InlineData("r0 = *(u8 *)skb[0]\nexit", MachineDiagnostics.NoPacket, "socket buffer")]
    [InlineData("r0 = 1", "RU3608", "exit")]
    [InlineData("goto +5\nexit", "RU3606", "outside the program")]
    public void What_cannot_run_is_refused_at_its_instruction(string code, string id, string words)
    {
        var refusal = Assert.Throws<InvalidObjectException>(() => Load(code));

        Assert.Contains(refusal.Diagnostics, d => d.Id == id && d.Message.Contains(words, StringComparison.Ordinal) && d.Message.StartsWith("instruction 0", StringComparison.Ordinal));
    }

    private static MachineProgram Load(string code, MachineOptions? options = null) => MachineProgram.Load([.. Assembler.Assemble(code)], options);
}
