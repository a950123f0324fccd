// SPDX-License-Identifier: MIT
using Ruche.Bpf.Objects.Btf;
using Ruche.Bpf.Objects.Diagnostics;
using Ruche.Bpf.Objects.Elf;
using Ruche.Bpf.Objects.Instructions;

namespace Ruche.Bpf.Objects.Tests.Diagnostics;

internal static partial class DiagnosticSamples
{
    private static IEnumerable<DiagnosticSample> Objects()
    {
        yield return new("RU3301", "a program for this machine instead of for eBPF", () => Read(new ElfWriter(machine: ElfMachine.X64).Write()));
        yield return new("RU3302", "three gigabytes of zeros", HugeZeros);
        yield return new("RU3303", "maps in an object without debug information", () => Object(o => Data(o, ".maps", new byte[32])));
        yield return new("RU3304", "a map definition that does not say of which type", () => Map("max_entries"));
        yield return new("RU3305", "a map definition with a misspelt field", () => Map("type", "max_entires"));
        yield return new("RU3306", "a load of a variable that the linker was to place", () => Object(
            o => o.AddRelocation(1, 0, BpfRelocationType.Wide64, o.AddSymbol(Symbol("honey", ElfSymbol.Common))),
            [.. Insn.LoadWide(Register.R1, 0), Insn.Exit()]));
        yield return new("RU3307", "a call past the end of the code", () => Object(_ => { }, Insn.CallFunction(9), Insn.Exit()));
        yield return new("RU3308", "a static pointer to a static variable", () => Object(o =>
            o.AddRelocation(Data(o, ".data", new byte[16]), 8, BpfRelocationType.Absolute64, 0)));
        yield return new("RU3309", "configuration values that fill gigabytes", HugeConfiguration);
        yield return new("RU3310", "struct_ops that are a number", () => Typed(".struct_ops", Int));
        yield return new("RU3311", "half a version", () => Object(o => Data(o, "version", [5, 10])));
    }

    private static int Data(ElfWriter writer, string section, byte[] contents) =>
        writer.AddSection(section, ElfSectionType.ProgramBits, ElfSectionFlags.Allocate | ElfSectionFlags.Write, contents);

    private static Diagnostic HugeZeros()
    {
        var writer = Program();
        writer.AddZeros(".bss", ElfSectionFlags.Allocate | ElfSectionFlags.Write, 1);
        byte[] image = writer.Write();
        return Read(With(image, HeaderOf(image, ".bss") + 32, 0, 0, 0, 0xc0));
    }

    /// <summary>What is found in a map whose definition has these fields, each of the number 2.</summary>
    private static Diagnostic Map(params string[] fields) => Read(AddMap(Program(), 2, fields).Write());

    private static ElfWriter AddMap(ElfWriter writer, int number, params string[] fields) => AddTyped(
        writer,
        ".maps",
        new BtfType.Composite(false, fields.Length * 8, [.. fields.Select((f, i) => new BtfMember(f, 3, i * 64, 0))]),
        new BtfType.Array(4, 4, number),
        new BtfType.Pointer(2),
        Int);

    private static Diagnostic Typed(string section, params BtfType[] types) => Read(AddTyped(Program(), section, types).Write());

    /// <summary>Adds a section with one variable, <c>hive</c>, of the first type.</summary>
    private static ElfWriter AddTyped(ElfWriter writer, string section, params BtfType[] types)
    {
        var btf = Types(types);
        int variable = btf.Add(new BtfType.Variable(1, BtfLinkage.Global) { Name = "hive" });
        btf.Add(new BtfType.DataSection(32, [new(variable, 0, 32)]) { Name = section });
        writer.AddSymbol(Symbol("hive", Data(writer, section, new byte[32]), ElfSymbolType.Object));
        Data(writer, ".BTF", btf.Write());
        return writer;
    }

    private static Diagnostic HugeConfiguration()
    {
        string[] names = ["CONFIG_HONEY", "CONFIG_WAX"];
        var btf = Types(Int, new BtfType.Array(1, 1, 1 << 28));
        int[] variables = [.. names.Select(n => btf.Add(new BtfType.Variable(2, BtfLinkage.Extern) { Name = n }))];
        btf.Add(new BtfType.DataSection(0, [.. variables.Select(v => new BtfSectionVariable(v, 0, 1 << 30))]) { Name = ".kconfig" });
        return Object(o =>
        {
            foreach (string name in names) o.AddSymbol(Symbol(name));
            Data(o, ".BTF", btf.Write());
        });
    }
}
