// SPDX-License-Identifier: MIT
using Ruche.Bpf.Machine.Faults;
using Ruche.Bpf.Objects.Btf;
using Ruche.Bpf.Objects.Diagnostics;
using Ruche.Bpf.Objects.Specs;
using Ruche.Bpf.Objects.Tests;
using Ruche.Bpf.Objects.Uapi;

namespace Ruche.Bpf.Machine.Tests.Programs;

/// <summary>What an object expects from outside, and what it is told when that is not there.</summary>
public sealed class LoadingTests
{
    private static readonly BtfSpec Target = ObjectSpec.Read(Clang.Compile("struct owner { long before; int number; } used;")).Btf!;

    private static readonly MachineOptions Options = new()
    {
        Kconfig = "CONFIG_HZ=250",
        KernelSymbols = new Dictionary<string, ulong> { ["some_symbol"] = 0x1234_5678_9abc_def0 },
    };

    [Fact]
    public void Externs_and_fields_are_those_of_the_target()
    {
        using var machine = Load(Options with { TargetTypes = [Target] });
        ulong owner = machine.Environment.Place("owner", (Before: 1L, Number: 2));

        var run = machine.Program("reach").RunWith(owner, 0, 0);

        Assert.Null(run.Fault);
        Assert.Equal([0, 0, 2, 0x61200, 250, 0x1234_5678_9abc_def0], AnswerWords.Of(machine)[..6]);
    }

    [Fact]
    public void Without_a_target_an_object_has_its_own_types()
    {
        using var machine = Load(Options);
        ulong owner = machine.Environment.Place("owner", (Number: 3, Missing: 4));

        machine.Program("reach").RunWith(owner, 1, 0);

        Assert.Equal([1, 4, 3], AnswerWords.Of(machine)[..3]);
    }

    [Theory]
    [InlineData(1, 0, "missing")]
    [InlineData(0, 1, "bpf_no_such_function")]
    public void What_the_target_lacks_is_a_fault_where_it_is_reached(ulong field, ulong function, string words)
    {
        using var machine = Load(Options with { TargetTypes = [Target] });
        ulong owner = machine.Environment.Place("owner", (Before: 1L, Number: 2));

        var fault = machine.Program("reach").RunWith(owner, field, function).Fault;

        Assert.Equal(FaultKind.HelperFailed, fault?.Kind);
        Assert.Contains(words, fault?.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_value_that_is_not_given_is_refused()
    {
        var refusal = Assert.Throws<BpfException>(() => Load(Options with { Kconfig = "" }));

        Assert.Contains("CONFIG_HZ", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_symbol_without_an_address_is_refused()
    {
        var refusal = Assert.Throws<InvalidObjectException>(() => Load(new() { Kconfig = "CONFIG_HZ=250" }));

        Assert.Contains(refusal.Diagnostics, d => d.Id == MachineDiagnostics.NoMap && d.Message.Contains("some_symbol", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(ProgramType.Syscall, "the machine has no helper 168 (bpf_sys_close)")]
    [InlineData(ProgramType.RawTracepoint, "RawTracepoint programs may not call helper 168 (bpf_sys_close)")]
    public void A_helper_that_is_not_there_is_refused_at_its_instruction(ProgramType type, string reason)
    {
        var spec = Compiler.Read("refused").WithProgram("unknown", p => p with { AutoLoad = true, Type = type });

        var refusal = Assert.Throws<InvalidObjectException>(() => BpfMachine.Load(spec, Options));

        var diagnostic = Assert.Single(refusal.Diagnostics);
        Assert.Equal((MachineDiagnostics.NoHelper, true), (diagnostic.Id, diagnostic.Message.Contains(reason, StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData(MachineEngine.Interpreter)]
    [InlineData(MachineEngine.Automatic)]
    public void A_user_brings_helpers_and_functions_of_the_kernel(MachineEngine engine)
    {
        var helpers = HelperTable.Empty
            .With(HelperId.SysClose, static (in HelperCall call) => call.First + 1)
            .With("bpf_no_such_function", static (in HelperCall call) => call.First + 40);
        var spec = Compiler.Read("refused")
            .WithProgram("unknown", p => p with { AutoLoad = true })
            .WithProgram("function", p => p with { AutoLoad = true });
        using var machine = BpfMachine.Load(spec, Options with { Helpers = helpers, Engine = engine });

        Assert.Equal((4u, 41u), (machine.Program("unknown").Run().ReturnValue, machine.Program("function").Run().ReturnValue));
    }

    [Fact]
    public void A_misspelt_name_is_told_what_there_is()
    {
        using var machine = Load(Options);

        Assert.Contains("reach", Assert.Throws<ArgumentException>(() => machine.Program("rech")).Message, StringComparison.Ordinal);
        Assert.Contains(".bss", Assert.Throws<ArgumentException>(() => machine.Map("counts")).Message, StringComparison.Ordinal);
    }

    private static BpfMachine Load(MachineOptions options) => BpfMachine.Load(Compiler.Read("refused"), options);
}
