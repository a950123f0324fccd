// SPDX-License-Identifier: MIT
using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Text;
using Ruche.Bpf.Objects.Btf;
using Ruche.Bpf.Objects.Diagnostics;
using Ruche.Bpf.Objects.Elf;

namespace Ruche.Bpf.Objects.Specs.Reading;

/// <summary>
/// Makes a spec of an ELF object. What is wrong with one part is reported and the others are read on; the caller looks at the
/// diagnostics. Used once.
/// </summary>
internal sealed partial class ObjectReader(ElfFile elf, string name, DiagnosticBag diagnostics)
{
    private const string TextSection = ".text";

    private readonly List<MapSpec> _maps = [];
    private readonly List<ExternSpec> _externs = [];
    private BtfSpec? _btf;
    private BtfExt _ext = BtfExt.Empty;

    public ObjectSpec Read()
    {
        CheckObject();
        ReadTypes();
        ReadCode();
        ReadExterns();
        ReadLegacyMaps();
        ReadBtfMaps();
        ReadDataSections();
        AddKconfigMap();
        ReadStructOps();
        var functions = ReadFunctions();
        var programs = ReadPrograms(functions);
        return new()
        {
            Name = name,
            ByteOrder = elf.ByteOrder,
            License = ReadLicense(),
            KernelVersion = ReadVersion(),
            Btf = _btf,
            Functions = functions,
            Programs = programs,
            Maps = [.. _maps],
            Externs = [.. _externs],
            Globals = ReadGlobals(),
        };
    }

    private Location.Image At(string? section, long offset) => new Location.Image(elf.Name, section, offset);

    private void CheckObject()
    {
        // Early compilers left the machine open.
        if (elf.Machine is not (ElfMachine.Bpf or ElfMachine.None))
            Fail(ObjectDiagnostics.NotAnObject, $"'{name}' is code for machine {elf.Machine}, expected {ElfMachine.Bpf}", At(null, 18),
                "compile with clang -target bpf");
        if (elf.Type is not ElfType.Relocatable)
            Fail(ObjectDiagnostics.NotAnObject, $"'{name}' is {elf.Type}, expected {ElfType.Relocatable}", At(null, 16),
                "give the object as the compiler wrote it");

        // What is copied from the file can then not be more than the file, whatever its headers say.
        ulong total = 0;
        foreach (var section in elf.Sections)
        {
            if (section.Type is not (ElfSectionType.NoBits or ElfSectionType.Null)) total += section.Size;
        }

        if (total > (ulong)elf.Image.Length)
            Fail(ObjectDiagnostics.BadLayout, $"the sections of '{name}' have {total} bytes, but the file has {elf.Image.Length}", At(null, 0),
                "sections must not lie over each other");
    }

    private string ReadLicense()
    {
        if (elf.Section("license") is not { } section) return "";
        return Encoding.UTF8.GetString(TrimAtZero(elf.Contents(section).Span));
    }

    private uint ReadVersion()
    {
        if (elf.Section("version") is not { } section) return 0;
        var contents = elf.Contents(section).Span;
        if (contents.Length < sizeof(uint))
        {
            diagnostics.Warning(ObjectDiagnostics.BadVersion,
                $"section 'version' has {contents.Length} bytes, expected {sizeof(uint)}", At("version", 0));
            return 0;
        }

        return U32(contents);
    }

    private uint U32(ReadOnlySpan<byte> bytes) => elf.ByteOrder is ByteOrder.Little
        ? BinaryPrimitives.ReadUInt32LittleEndian(bytes)
        : BinaryPrimitives.ReadUInt32BigEndian(bytes);

    private ulong U64(ReadOnlySpan<byte> bytes) => elf.ByteOrder is ByteOrder.Little
        ? BinaryPrimitives.ReadUInt64LittleEndian(bytes)
        : BinaryPrimitives.ReadUInt64BigEndian(bytes);

    private static ReadOnlySpan<byte> TrimAtZero(ReadOnlySpan<byte> bytes)
    {
        int end = bytes.IndexOf((byte)0);
        return end < 0 ? bytes : bytes[..end];
    }

    /// <summary>The symbol of a relocation, or null after a report.</summary>
    private ElfSymbol? SymbolOf(ElfRelocation relocation, string section)
    {
        if (relocation.Symbol < elf.Symbols.Length) return elf.Symbols[relocation.Symbol];
        diagnostics.Error(ElfDiagnostics.BadRelocation,
            $"relocation names symbol {relocation.Symbol}, but there are only {elf.Symbols.Length}", At(section, (long)relocation.Offset));
        return null;
    }

    private static void Fail(string id, string message, Location where, params ReadOnlySpan<string> notes) =>
        throw new InvalidObjectException(new Diagnostic(id, Severity.Error, message, where) { Notes = [.. notes] });
}
