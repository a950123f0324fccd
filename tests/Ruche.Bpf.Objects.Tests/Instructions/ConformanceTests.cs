// SPDX-License-Identifier: MIT
using Ruche.Bpf.Objects.Diagnostics;
using Ruche.Bpf.Objects.Instructions;

namespace Ruche.Bpf.Objects.Tests.Instructions;

public sealed class ConformanceTests
{
    private const int PositiveCount = 313;
    private const int NegativeCount = 60;

    // Well-formed bytes: these two test that a run's result is compared, not the decoder. Reading an
    // uninitialised register and a wrong expectation are beyond one instruction at a time.
    private static readonly string[] WellFormedNegatives = ["negative/error.data", "negative/incorrect_return_value_high_bits.data"];

    [Fact]
    public void The_whole_suite_is_read()
    {
        ConformanceCase.Require();

        Assert.Equal(PositiveCount, ConformanceCase.Positive.Count);
        Assert.Equal(NegativeCount, ConformanceCase.Negative.Count);
    }

    [Fact]
    public void Every_case_assembles_to_the_suites_bytecode()
    {
        ConformanceCase.Require();

        string[] wrong = [.. ConformanceCase.Positive.Select(Mismatch).OfType<string>()];

        Assert.Empty(wrong);

        static string? Mismatch(ConformanceCase test)
        {
            DiagnosticBag diagnostics = new();
            if (!Assembler.TryAssemble(test.Sections["asm"], diagnostics, out var slots, test.Name))
                return string.Join('\n', diagnostics.Items);
            byte[] bytes = InstructionCodec.Encode(slots);
            return bytes.AsSpan().SequenceEqual(test.Bytecode)
                ? null
                : $"{test.Name}: {Convert.ToHexStringLower(bytes)} instead of {Convert.ToHexStringLower(test.Bytecode)}";
        }
    }

    [Fact]
    public void Every_positive_bytecode_is_valid()
    {
        ConformanceCase.Require();

        DiagnosticBag diagnostics = new();
        foreach (var test in ConformanceCase.Positive)
            InstructionValidator.Validate(InstructionCodec.Decode(test.Bytecode), diagnostics, new() { File = test.Name });

        Assert.Empty(diagnostics.Items);
    }

    [Fact]
    public void Every_negative_case_is_refused()
    {
        ConformanceCase.Require();

        string[] accepted =
        [
            .. ConformanceCase.Negative.Where(c => !WellFormedNegatives.Contains(c.Name) && IsAccepted(c)).Select(c => c.Name),
        ];

        Assert.Empty(accepted);

        static bool IsAccepted(ConformanceCase test)
        {
            try
            {
                var program = test.Sections.TryGetValue("raw", out string? raw)
                    ? InstructionCodec.Decode(Convert.FromHexString(string.Concat(raw.Where(char.IsAsciiHexDigit))))
                    : Assembler.Assemble(test.Sections.GetValueOrDefault("asm", ""));
                InstructionValidator.ThrowIfInvalid(program);
                return true;
            }
            catch (InvalidObjectException)
            {
                return false;
            }
        }
    }

    [Fact]
    public void Well_formed_negatives_assemble_to_the_suites_bytecode()
    {
        ConformanceCase.Require();

        foreach (var test in ConformanceCase.Negative.Where(c => WellFormedNegatives.Contains(c.Name)))
            Assert.Equal(test.Bytecode, InstructionCodec.Encode(Assembler.Assemble(test.Sections["asm"])));
    }

    [Theory]
    [InlineData("negative/invalid_imm32_dec_range.data", "RU3623", 2, 12)]
    [InlineData("negative/invalid_imm32_hex_range.data", "RU3623", 2, 12)]
    [InlineData("negative/invalid_label.data", "RU3624", 1, 4)]
    [InlineData("negative/invalid_mnemonic.data", "RU3621", 2, 1)]
    [InlineData("negative/invalid_offset.data", "RU3620", 1, 11)]
    [InlineData("negative/invalid_offset_range.data", "RU3623", 2, 15)]
    [InlineData("negative/invalid_operand_count.data", "RU3620", 1, 9)]
    [InlineData("negative/invalid_register.data", "RU3622", 1, 9)]
    [InlineData("negative/invalid_lock2.data", "RU3620", 1, 5)]
    public void A_text_the_suite_refuses_is_refused_at_its_place(string name, string id, int line, int column)
    {
        ConformanceCase.Require();
        var test = ConformanceCase.Negative.Single(c => c.Name == name);

        var refused = Assert.Throws<InvalidObjectException>(() => Assembler.Assemble(test.Sections["asm"]));

        var where = Assert.IsType<Location.Text>(refused.Diagnostics[0].Where);
        Assert.Equal((id, line, column), (refused.Diagnostics[0].Id, where.Line, where.Column));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Disassembling_and_assembling_gives_every_bytecode_back(bool withHelperNames)
    {
        ConformanceCase.Require();
        DisassemblyOptions options = new() { HelperNames = withHelperNames };

        foreach (var test in ConformanceCase.Positive)
        {
            var slots = InstructionCodec.Decode(test.Bytecode);
            string text = Disassembler.Format(slots, options);
            Assert.Equal(slots, Assembler.Assemble(text));
        }
    }
}
