// SPDX-License-Identifier: MIT
using System.Collections.Immutable;
using Ruche.Bpf.Objects.Btf;
using Ruche.Bpf.Objects.Diagnostics;
using Ruche.Bpf.Objects.Elf;
using Ruche.Bpf.Objects.Instructions;
using Ruche.Bpf.Objects.Linking;
using Ruche.Bpf.Objects.Relocation;
using Ruche.Bpf.Objects.Specs;

namespace Ruche.Bpf.Objects.Tests.Diagnostics;

internal static partial class DiagnosticSamples
{
    private static IEnumerable<DiagnosticSample> Linking()
    {
        yield return new("RU3401", "a call of a function that is in another object", () => Link(
            o => o.AddRelocation(1, 0, BpfRelocationType.Call32, o.AddSymbol(Symbol("buzz"))), Insn.CallFunction(-1), Insn.Exit()));
        yield return new("RU3402", "a load of a variable that is in another object", () => Link(
            o => o.AddRelocation(1, 0, BpfRelocationType.Wide64, o.AddSymbol(Symbol("honey"))),
            [.. Insn.LoadWide(Register.R1, 0), Insn.Exit()]));
        yield return new("RU3403", "a program of a million and one instructions", () =>
            Link(_ => { }, [.. Enumerable.Repeat(Insn.Mov64(Register.R0, 0), 1_000_000), Insn.Exit()]));
        yield return new("RU3404", "a reference that was made up for a slot that does not exist", () =>
        {
            var spec = ObjectSpec.Read(Program().Write(), File);
            var program = spec.Programs[0] with { Entry = spec.Programs[0].Entry with { References = [new Reference.Map(7, "hive")] } };
            return Thrown(() => ProgramLinker.Link(program, spec));
        });
        yield return new("RU3405", "two objects with a program of the same name", () => LinkObjects(Program(), Program()));
        yield return new("RU3406", "a map that is an array in one object and a program array in another", () =>
            LinkObjects(AddMap(new(), 2, "type"), AddMap(new(), 3, "type")));
        yield return new("RU3407", "objects under different licences", () => LinkObjects(Licensed("GPL\0"u8), Licensed("Dual MIT/GPL\0"u8)));
    }

    private static ElfWriter Licensed(ReadOnlySpan<byte> license)
    {
        ElfWriter writer = new();
        Data(writer, "license", license.ToArray());
        return writer;
    }

    private static Diagnostic LinkObjects(ElfWriter first, ElfWriter second)
    {
        ObjectSpec[] objects = [ObjectSpec.Read(first.Write(), File), ObjectSpec.Read(second.Write(), "wasps.bpf.o")];
        return Thrown(() => ObjectLinker.Link("insects.bpf.o", objects));
    }

    private static Diagnostic Link(Action<ElfWriter> add, params Instruction[] program)
    {
        var writer = Program(program);
        add(writer);
        var spec = ObjectSpec.Read(writer.Write(), File);
        return Thrown(() => ProgramLinker.Link(spec.Programs[0], spec));
    }

    private static IEnumerable<DiagnosticSample> Core()
    {
        var read = Insn.Load(MemoryWidth.Word, Register.R0, Register.R1, 4);
        var hive = Struct("hive", 4, "bees", "combs");
        yield return new("RU3501", "a struct that the kernel has under another name", () =>
            Relocate(hive, "0:1", read, Struct("hives", 4, "bees", "combs")));
        yield return new("RU3502", "a field that was renamed", () => Relocate(hive, "0:1", read, Struct("hive", 4, "bees", "combs_")));
        yield return new("RU3503", "an enumerator that the kernel does not have", () => Relocate(
            Enum("DRONE", "QUEEN"), "1", Insn.Mov64(Register.R0, 1), [Enum("DRONE", "WORKER")], CoreRelocationKind.EnumValue));
        yield return new("RU3504", "a kernel with two structs of one name", () =>
        {
            var both = Struct("hive", 4, "bees", "combs");
            both.Append(Struct("hive", 4, "bees", "frames", "combs").Build());
            return Relocate(hive, "0:1", read, both);
        });
        yield return new("RU3505", "an access to the tenth field of two", () => Relocate(hive, "0:9", read, hive));
        yield return new("RU3506", "a relocation of an instruction that holds no number", () => Relocate(hive, "0:1", Insn.Exit(), hive));
        yield return new("RU3507", "a signed field that grew", () => Relocate(hive, "0:1", read, Struct("hive", 8, "bees", "combs")));
    }

    private static BtfBuilder Struct(string name, int fieldSize, params string[] fields) => Types(
        Int with { Size = fieldSize, Bits = fieldSize * 8, Name = fieldSize == 4 ? "int" : "long" },
        new BtfType.Composite(false, fields.Length * fieldSize, [.. fields.Select((f, i) => new BtfMember(f, 1, i * fieldSize * 8, 0))]) { Name = name });

    private static BtfBuilder Enum(params string[] names) => Types(
        Int, new BtfType.Enum(4, false, false, [.. names.Select((n, i) => new BtfEnumerator(n, (ulong)i))]) { Name = "bee" });

    private static Diagnostic Relocate(BtfBuilder local, string access, Instruction instruction, params BtfBuilder[] targets) =>
        Relocate(local, access, instruction, targets, CoreRelocationKind.FieldByteOffset);

    /// <summary>Why type 2 of the object cannot be asked about in the targets.</summary>
    private static Diagnostic Relocate(
        BtfBuilder local, string access, Instruction instruction, BtfBuilder[] targets, CoreRelocationKind kind)
    {
        var spec = ObjectSpec.Read(Program(instruction, Insn.Exit()).Write(), File);
        var program = ProgramLinker.Link(spec.Programs[0], spec) with { CoreRelocations = [new(0, 2, access, kind)] };
        ImmutableArray<BtfSpec> kernel = [.. targets.Select(t => t.Build())];
        var failure = Assert.Single(new CoreRelocator(local.Build(), [.. kernel]).Relocate(program).Failures);
        return failure.ToDiagnostic(new Location.Image(File, "xdp", 0));
    }
}
