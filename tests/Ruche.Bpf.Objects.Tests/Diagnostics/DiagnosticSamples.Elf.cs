// SPDX-License-Identifier: MIT
using System.Buffers.Binary;
using Ruche.Bpf.Objects.Diagnostics;
using Ruche.Bpf.Objects.Elf;
using Ruche.Bpf.Objects.Instructions;
using Ruche.Bpf.Objects.Specs;

namespace Ruche.Bpf.Objects.Tests.Diagnostics;

internal static partial class DiagnosticSamples
{
    private static readonly Instruction[] Pass = [Insn.Mov64(Register.R0, 2), Insn.Exit()];

    private static IEnumerable<DiagnosticSample> Elf()
    {
        byte[] image = Program().Write();
        yield return new("RU3001", "an object that was cut short while it was copied", () => Read(image[..^100]));
        yield return new("RU3002", "a shell script", () => Read("#!/bin/sh\n"u8.ToArray()));
        yield return new("RU3003", "a 32-bit object", () => Read(With(image, 4, 1)));
        yield return new("RU3004", "a header that announces section headers of another size", () => Read(With(image, 58, 40)));
        yield return new("RU3005", "a section whose name starts beyond the names", () => Read(With(image, HeaderOf(image, "xdp"), 99)));
        yield return new("RU3006", "a symbol in a section that does not exist", () =>
            Read(With(image, (int)ElfFile.Read(image).Section(".symtab")!.Offset + ElfTables.SymbolSize + 6, 99)));
        yield return new("RU3007", "a relocation behind the end of its section", () =>
            Object(o => o.AddRelocation(1, 0x1000, BpfRelocationType.Wide64, 0)));
        yield return new("RU3008", "an object with compressed BTF", () =>
            Object(o => o.AddSection(".BTF", ElfSectionType.ProgramBits, ElfSectionFlags.Compressed, new byte[24])));
        yield return new("RU3009", "program headers of another size", () => Read(With(With(image, 32, 64), 54, 32, 0, 1)));
    }

    /// <summary>An object whose section 1, <c>xdp</c>, holds the program <c>pass</c>, symbol 0.</summary>
    private static ElfWriter Program(params Instruction[] program)
    {
        ElfWriter writer = new();
        byte[] code = InstructionCodec.Encode(program.Length == 0 ? Pass : program);
        writer.AddSection("xdp", ElfSectionType.ProgramBits, ElfSectionFlags.Allocate | ElfSectionFlags.Execute, code);
        writer.AddSymbol(Symbol("pass", 1, ElfSymbolType.Function));
        return writer;
    }

    private static ElfSymbol Symbol(string name, int section = 0, ElfSymbolType type = ElfSymbolType.None) =>
        new(name, 0, 0, type, ElfSymbolBinding.Global, ElfSymbolVisibility.Default, section);

    /// <summary>What is found in an object of a program and what is added to it.</summary>
    private static Diagnostic Object(Action<ElfWriter> add, params Instruction[] program)
    {
        var writer = Program(program);
        add(writer);
        return Read(writer.Write());
    }

    private static Diagnostic Read(byte[] image)
    {
        ObjectSpec.TryRead(image, File, out _, out var diagnostics);
        return Assert.Single(diagnostics.Items);
    }

    /// <summary>Where a section's header is.</summary>
    private static int HeaderOf(byte[] image, string section) =>
        (int)BinaryPrimitives.ReadUInt64LittleEndian(image.AsSpan(40)) + ElfFile.Read(image).Section(section)!.Index * ElfHeader.SectionHeaderSize;
}
