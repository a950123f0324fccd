// SPDX-License-Identifier: MIT
using System.Globalization;
using Ruche.Bpf.Objects.Diagnostics;
using Ruche.Bpf.Objects.Instructions;

namespace Ruche.Bpf.Objects.Tests.Instructions;

public sealed class InstructionValidatorTests
{
    public static TheoryData<string, string> Exact => AsmCases.Pairs("exact.case");

    public static TheoryData<string, string, string, string> Invalid => AsmCases.Refusals("invalid.case");

    [Theory]
    [MemberData(nameof(Invalid))]
    public void A_bad_program_is_refused_by_slot_and_reason(string id, string slot, string part, string text)
    {
        DiagnosticBag diagnostics = new();

        bool valid = InstructionValidator.Validate(Assembler.Assemble(text), diagnostics, new() { File = "a.o", Section = "xdp" });

        Assert.False(valid);
        var first = diagnostics.Items[0];
        var number = int.Parse(slot, CultureInfo.InvariantCulture);
        Assert.Equal(id, first.Id);
        Assert.StartsWith($"instruction {number}: ", first.Message, StringComparison.Ordinal);
        Assert.Contains(part, first.Message, StringComparison.Ordinal);
        Assert.Equal(new Location.Image("a.o", "xdp", 8L * number), first.Where);
    }

    [Theory]
    [MemberData(nameof(Exact))]
    public void An_instruction_is_valid_exactly_when_it_is_not_shown_as_bytes(string hex, string text)
    {
        // Surrounded by enough slots for every distance in the cases but the far ones.
        var slots = InstructionCodec.Decode(Convert.FromHexString(hex));
        var before = Enumerable.Repeat(Insn.Mov64(Register.R0, 0), 8);
        Instruction[] program = [.. before, .. slots, .. before, Insn.Exit()];
        DiagnosticBag diagnostics = new();

        InstructionValidator.Validate(program, diagnostics);

        var aboutSlots = diagnostics.Items.Where(d => d.Id is not ("RU3606" or "RU3607" or "RU3608")).ToList();
        bool isKernelOnly = text.Contains("__percpu", StringComparison.Ordinal);
        bool isModuleMap = text.Contains("[fd:", StringComparison.Ordinal) && text.Contains("]+", StringComparison.Ordinal)
            && !text.Contains("][0]", StringComparison.Ordinal);
        Assert.Equal(text.StartsWith(".byte", StringComparison.Ordinal) || isKernelOnly || isModuleMap, aboutSlots.Count > 0);
    }

    [Fact]
    public void An_empty_program_is_refused()
    {
        var refused = Assert.Throws<InvalidObjectException>(() => InstructionValidator.ThrowIfInvalid([]));

        Assert.Equal("RU3601", Assert.Single(refused.Diagnostics).Id);
    }

    [Fact]
    public void The_target_of_a_relocated_call_is_not_checked()
    {
        Instruction[] program = [Insn.CallFunction(1000), .. Insn.LoadWide(Register.R1, WideSource.Function, -500), Insn.Exit()];
        DiagnosticBag diagnostics = new();

        bool valid = InstructionValidator.Validate(program, diagnostics, new() { IsRelocated = slot => slot is 0 or 1 });

        Assert.True(valid, string.Join('\n', diagnostics.Items));
    }

    [Fact]
    public void A_program_of_garbage_is_cut_short()
    {
        DiagnosticBag diagnostics = new();

        bool valid = InstructionValidator.Validate(new Instruction[100_000], diagnostics);

        Assert.False(valid);
        Assert.Equal(64, diagnostics.Items.Count);
        Assert.Contains("further findings are left out", diagnostics.Items[^1].ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_program_of_local_functions_is_valid()
    {
        var program = Assembler.Assemble("""
            r1 = callback ll
            call first
            call second
            exit
            first: if r1 == 0 goto done
            r0 = 1
            done: exit
            second: r0 = 2
            gotol back
            back: exit
            callback: r0 = 0
            exit
            """);

        InstructionValidator.ThrowIfInvalid(program);
    }
}
