// SPDX-License-Identifier: MIT
using Ruche.Bpf.Objects.Diagnostics;
using Ruche.Bpf.Objects.Elf;
using Ruche.Bpf.Objects.Instructions;

namespace Ruche.Bpf.Objects.Tests.Instructions;

/// <summary>What clang makes of testdata/asm/compiled.bpf.c, against llvm-objdump and through every layer.</summary>
public sealed class CompiledObjectTests
{
    // Makes sure that a parser that finds nothing cannot pass.
    private const int LeastInstructions = 200;

    [Theory]
    [InlineData("v1", ByteOrder.Little)]
    [InlineData("v2", ByteOrder.Little)]
    [InlineData("v3", ByteOrder.Little)]
    [InlineData("v3", ByteOrder.Big)]
    public void Disassembly_is_llvms(string cpu, ByteOrder order)
    {
        bool isNarrow = cpu == "v3";
        var lines = LlvmObjdump.Disassemble(Compile(cpu, order), order, isNarrow ? ["--mattr=+alu32"] : []);
        bool isHex = lines.Any(line => line.Text.Contains("+ 0x", StringComparison.Ordinal));
        DisassemblyOptions options = new()
        {
            Syntax = DisassemblySyntax.Llvm,
            Numbers = isHex ? DisassemblyNumbers.Hexadecimal : DisassemblyNumbers.Decimal,
            NarrowRegisters = isNarrow,
        };

        var ours = lines.Select(line => Disassembler.Format(line.First, line.Second ?? default, options));

        Assert.True(lines.Count > LeastInstructions, $"{lines.Count} instructions");
        Assert.Equal(lines.Select(line => line.Text), ours);
    }

    [Theory]
    [InlineData("v1", ByteOrder.Little)]
    [InlineData("v2", ByteOrder.Little)]
    [InlineData("v3", ByteOrder.Little)]
    [InlineData("v3", ByteOrder.Big)]
    public void Every_program_is_valid_and_survives_text(string cpu, ByteOrder order)
    {
        var elf = ElfFile.Read(Compile(cpu, order));
        int count = 0;
        foreach (var section in elf.Sections.Where(s => s.IsCode && s.Size > 0))
        {
            var bytes = elf.Contents(section);
            var program = InstructionCodec.Decode(bytes.Span, order);
            count += program.Length;
            var relocated = elf.RelocationsOf(section).Select(r => (int)r.Offset / Instruction.Size).ToHashSet();
            InstructionValidator.ThrowIfInvalid(program, new() { Section = section.Name, IsRelocated = relocated.Contains });

            Assert.Equal(program, Assembler.Assemble(Disassembler.Format(program)));
            Assert.Equal(bytes.ToArray(), InstructionCodec.Encode(program, order));
        }

        Assert.True(count > LeastInstructions, $"{count} slots");
    }

    [Fact]
    public void Both_byte_orders_decode_to_the_same_program()
    {
        var little = ElfFile.Read(Compile("v2", ByteOrder.Little));
        var big = ElfFile.Read(Compile("v2", ByteOrder.Big));

        // Byte swaps and packet loads differ on purpose; plain arithmetic does not.
        var fromLittle = InstructionCodec.Decode(little.Contents(little.Section(".text")!).Span, ByteOrder.Little);
        var fromBig = InstructionCodec.Decode(big.Contents(big.Section(".text")!).Span, ByteOrder.Big);

        Assert.Equal(fromLittle, fromBig);
    }

    [Fact]
    public void Llvms_text_assembles_to_the_same_bytes()
    {
        var lines = LlvmObjdump.Disassemble(Compile("v3", ByteOrder.Little), ByteOrder.Little, "--mattr=+alu32");

        // llvm prints local calls and helper calls alike, so their kind cannot come back from the text.
        foreach (var line in lines.Where(line => !line.First.IsLocalCall))
        {
            Instruction[] expected = line.Second is { } second ? [line.First, second] : [line.First];
            Assert.Equal(expected, Assembler.Assemble(line.Text));
        }
    }

    [Fact]
    public void What_llvm_assembles_is_valid()
    {
        byte[] image = Clang.Assemble("""
                .text
            entry:
                r1 = *(u64 *)(r10 - 8)
                lock *(u64 *)(r10 - 8) += r1
                r0 = be16 r0
                w0 = w1
                r0 = *(u8 *)skb[4]
                if w0 s> 5 goto entry
                call 1
                exit

            """);
        var elf = ElfFile.Read(image);
        var program = InstructionCodec.Decode(elf.Contents(elf.Section(".text")!).Span);
        DiagnosticBag diagnostics = new();

        InstructionValidator.Validate(program, diagnostics);

        Assert.Empty(diagnostics.Items);
        Assert.Equal(8, program.Length);
    }

    private static byte[] Compile(string cpu, ByteOrder order)
    {
        string path = Path.Combine(SharedFiles.Repository, "tests", "Ruche.Bpf.Objects.Tests", "testdata", "asm", "compiled.bpf.c");
        string target = order is ByteOrder.Little ? "--target=bpfel" : "--target=bpfeb";
        return Clang.Compile(File.ReadAllText(path), target, $"-mcpu={cpu}", cpu == "v3" ? "-DFETCHING_ATOMICS" : "-DPLAIN");
    }
}
