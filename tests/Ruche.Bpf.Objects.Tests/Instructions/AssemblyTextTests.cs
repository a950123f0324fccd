// SPDX-License-Identifier: MIT
using System.Globalization;
using Ruche.Bpf.Objects.Diagnostics;
using Ruche.Bpf.Objects.Instructions;

namespace Ruche.Bpf.Objects.Tests.Instructions;

public sealed class AssemblyTextTests
{
    public static TheoryData<string, string> Exact => AsmCases.Pairs("exact.case");

    public static TheoryData<string, string> Llvm => AsmCases.Pairs("llvm.case");

    public static TheoryData<string, string> Log => AsmCases.Pairs("log.case");

    public static TheoryData<string, string> Accepted => AsmCases.Pairs("accepted.case");

    public static TheoryData<string, string, string, string> Refused => AsmCases.Refusals("refused.case");

    [Theory]
    [MemberData(nameof(Exact))]
    public void Text_and_bytes_round_trip(string hex, string text) => AssertBothWays(hex, text, DisassemblyOptions.Default);

    [Theory]
    [MemberData(nameof(Llvm))]
    public void Llvm_text_and_bytes_round_trip(string hex, string text) => AssertBothWays(hex, text, DisassemblyOptions.Llvm);

    [Theory]
    [MemberData(nameof(Log))]
    public void Verifier_log_text_and_bytes_round_trip(string hex, string text) =>
        AssertBothWays(hex, text, DisassemblyOptions.VerifierLog);

    [Theory]
    [MemberData(nameof(Accepted))]
    public void Other_spellings_assemble(string hex, string text) => Assert.Equal(hex, Hex(Assembler.Assemble(text)));

    [Theory]
    [MemberData(nameof(Refused))]
    public void Bad_text_is_refused_with_its_place_and_a_way_out(string id, string place, string part, string text)
    {
        int[] expected = [.. place.Split(':').Select(n => int.Parse(n, CultureInfo.InvariantCulture))];

        var refused = Assert.Throws<InvalidObjectException>(() => Assembler.Assemble(text, "case.asm"));

        var first = refused.Diagnostics[0];
        var where = Assert.IsType<Location.Text>(first.Where);
        Assert.Equal((id, expected[0], expected[1]), (first.Id, where.Line, where.Column));
        Assert.Contains(part, first.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Every_bad_line_is_reported()
    {
        DiagnosticBag diagnostics = new();

        bool ok = Assembler.TryAssemble("mow r1, 2\nexit\nr1 = r77\ngoto nowhere\n", diagnostics, out var slots);

        Assert.False(ok);
        Assert.Null(slots);
        Assert.Equal(["RU3621", "RU3622", "RU3624"], diagnostics.Items.Select(d => d.Id));
    }

    [Fact]
    public void A_text_of_garbage_is_cut_short()
    {
        DiagnosticBag diagnostics = new();

        bool ok = Assembler.TryAssemble(string.Concat(Enumerable.Repeat("nonsense\n", 10_000)), diagnostics, out _);

        Assert.False(ok);
        Assert.Equal(64, diagnostics.Items.Count);
    }

    [Fact]
    public void A_label_too_far_for_a_jump_is_refused_and_reached_by_gotol()
    {
        string body = string.Concat(Enumerable.Repeat("r0 = 0\n", 40_000));

        var refused = Assert.Throws<InvalidObjectException>(() => Assembler.Assemble($"goto far\n{body}far: exit"));
        var slots = Assembler.Assemble($"gotol far\n{body}far: exit");

        Assert.Equal("RU3626", Assert.Single(refused.Diagnostics).Id);
        Assert.Equal(40_000, slots[0].Immediate);
    }

    [Fact]
    public void A_listing_assembles_to_the_program_it_shows()
    {
        const string Text = "r0 = 0\nloop: r0 += 1\nr1 = 0x1122334455667788 ll\nif r0 s< 10 goto loop\ncall pc+1\nexit\nr0 = 7\nexit\n";
        var program = Assembler.Assemble(Text);
        DisassemblyOptions options = new() { Label = slot => slot == 1 ? "loop" : null, Symbol = slot => slot == 5 ? "seven" : null };
        StringWriter listing = new();

        Disassembler.WriteListing(listing, program, options);

        Assert.Contains("goto -4 <loop>\n", listing.ToString(), StringComparison.Ordinal);
        Assert.Contains("call pc+1 <seven>\n", listing.ToString(), StringComparison.Ordinal);
        Assert.Equal(program, Assembler.Assemble(listing.ToString()));
    }

    [Fact]
    public void Slots_are_numbered_as_the_kernel_numbers_them()
    {
        var program = Assembler.Assemble("r0 = 1 ll\nr1 = 2\nexit");

        var listing = Disassembler.Enumerate(program).ToList();

        Assert.Equal([0, 2, 3], listing.Select(i => i.Slot));
        Assert.Equal([2, 1, 1], listing.Select(i => i.SlotCount));
        Assert.Equal(16, listing[0].Bytes(ByteOrder.Big).Length);
    }

    private static void AssertBothWays(string hex, string text, DisassemblyOptions options)
    {
        var slots = InstructionCodec.Decode(Convert.FromHexString(hex));

        Assert.Equal(text + "\n", Disassembler.Format(slots, options));
        Assert.Equal(hex, Hex(Assembler.Assemble(text)));
    }

    private static string Hex(Instruction[] slots) => Convert.ToHexStringLower(InstructionCodec.Encode(slots));
}
