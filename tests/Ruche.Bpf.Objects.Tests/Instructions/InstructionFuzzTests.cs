// SPDX-License-Identifier: MIT
using Ruche.Bpf.Objects.Diagnostics;
using Ruche.Bpf.Objects.Instructions;

namespace Ruche.Bpf.Objects.Tests.Instructions;

public sealed class InstructionFuzzTests
{
    private const int Programs = 100_000;
    private const int Texts = 50_000;

    private static readonly DisassemblyOptions[] Styles =
    [
        DisassemblyOptions.Llvm,
        DisassemblyOptions.VerifierLog,
        new() { Numbers = DisassemblyNumbers.Hexadecimal, NarrowRegisters = true, HelperNames = true, Label = slot => $"L{slot}", Symbol = slot => $"S{slot}" },
    ];

    private static readonly string[] Lines =
    [
        .. ((string[])["exact.case", "accepted.case", "llvm.case", "log.case"]).SelectMany(file => AsmCases.Pairs(file).Select(row => row.Data.Item2)),
    ];

    private static readonly byte[] Corpus =
        [.. AsmCases.Pairs("exact.case").SelectMany(row => Convert.FromHexString(row.Data.Item1))];

    [Fact]
    public void Any_program_is_encoded_validated_printed_and_read_back()
    {
        foreach (int seed in FuzzSeeds.Take(Programs))
        {
            byte[] bytes = MakeProgram(new(seed));
            try
            {
                AssertProgram(bytes);
            }
            catch (Exception broken)
            {
                Assert.Fail($"seed {seed}, bytes {Convert.ToHexStringLower(bytes)}: {broken}");
            }
        }
    }

    [Fact]
    public void Any_text_is_assembled_or_refused_with_diagnostics()
    {
        int accepted = 0;
        foreach (int seed in FuzzSeeds.Take(Texts))
        {
            string text = MakeText(new(seed));
            try
            {
                accepted += AssertText(text) ? 1 : 0;
            }
            catch (Exception broken)
            {
                Assert.Fail($"seed {seed}, text {text}: {broken}");
            }
        }

        Assert.NotEqual(0, accepted);
    }

    private static void AssertProgram(byte[] bytes)
    {
        var slots = InstructionCodec.Decode(bytes);
        Assert.True(bytes.AsSpan().SequenceEqual(InstructionCodec.Encode(slots)));
        AssertSame(slots, InstructionCodec.Decode(InstructionCodec.Encode(slots, ByteOrder.Big), ByteOrder.Big));

        DiagnosticBag diagnostics = new();
        bool valid = InstructionValidator.Validate(slots, diagnostics);
        Assert.Equal(valid, !diagnostics.HasErrors);
        AssertSame(slots, Assembler.Assemble(Disassembler.Format(slots)));
        AssertSame(slots, Assembler.Assemble(Disassembler.Format(slots, Styles[^1])));
        foreach (var style in Styles) Assert.NotEmpty(Disassembler.Format(slots, style));
    }

    private static bool AssertText(string text)
    {
        try
        {
            var slots = Assembler.Assemble(text);
            AssertSame(slots, Assembler.Assemble(Disassembler.Format(slots)));
            return true;
        }
        catch (InvalidObjectException refused)
        {
            Assert.NotEmpty(refused.Diagnostics);
            Assert.All(refused.Diagnostics, d => Assert.True(d.Where is Location.Text { Line: > 0, Column: > 0 }, d.ToString()));
            return false;
        }
    }

    // Assert.Equal compares by reflection, which is most of the time of a run this long.
    private static void AssertSame(Instruction[] expected, Instruction[] actual)
    {
        if (!expected.AsSpan().SequenceEqual(actual)) Assert.Equal(expected, actual);
    }

    // Mostly real instructions with a few bytes changed, so that what is tested lies near the border of what is valid.
    private static byte[] MakeProgram(Random random)
    {
        var bytes = new byte[random.Next(1, 5) * Instruction.Size];
        random.NextBytes(bytes);
        if (random.Next(4) == 0) return bytes;
        for (int i = 0; i < bytes.Length; i += Instruction.Size)
        {
            int from = random.Next(Corpus.Length / Instruction.Size) * Instruction.Size;
            Corpus.AsSpan(from, Instruction.Size).CopyTo(bytes.AsSpan(i));
        }

        for (int changes = random.Next(4); changes > 0; changes--) bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
        return bytes;
    }

    private static string MakeText(Random random)
    {
        List<char> text = [.. string.Join('\n', Enumerable.Range(0, random.Next(1, 4)).Select(_ => Lines[random.Next(Lines.Length)]))];
        for (int changes = random.Next(4); changes > 0 && text.Count > 0; changes--)
        {
            int at = random.Next(text.Count);
            string other = Lines[random.Next(Lines.Length)];
            switch (random.Next(4))
            {
                case 0: text.RemoveAt(at); break;
                case 1: text.Insert(at, (char)random.Next(1, 128)); break;
                case 2: text[at] = other[random.Next(other.Length)]; break;
                default: text.InsertRange(at, other.AsSpan(random.Next(other.Length)).ToArray()); break;
            }
        }

        return new([.. text]);
    }
}
