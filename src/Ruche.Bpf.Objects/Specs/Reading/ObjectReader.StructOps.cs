// SPDX-License-Identifier: MIT
using System.Collections.Immutable;
using Ruche.Bpf.Objects.Btf;
using Ruche.Bpf.Objects.Elf;
using Ruche.Bpf.Objects.Relocation;
using Ruche.Bpf.Objects.Uapi;

namespace Ruche.Bpf.Objects.Specs.Reading;

internal sealed partial class ObjectReader
{
    private const string StructOpsSection = ".struct_ops";
    private const string LinkedStructOpsSection = ".struct_ops.link";

    private static bool IsStructOps(string section) =>
        section.TrimStart('?') is StructOpsSection or LinkedStructOpsSection
        || section.TrimStart('?').StartsWith(StructOpsSection + ".", StringComparison.Ordinal);

    private void ReadStructOps()
    {
        foreach (var section in elf.Sections)
        {
            if (!IsStructOps(section.Name) || section.Type is not ElfSectionType.ProgramBits || section.Size == 0) continue;
            if (_btf is null || !_btf.TryFind(BtfKind.DataSection, section.Name, out int id))
            {
                diagnostics.Error(ObjectDiagnostics.NeedsBtf, $"section '{section.Name}' needs BTF", At(section.Name, 0), "compile with -g");
                continue;
            }

            var relocations = elf.RelocationsOf(section);
            foreach (var variable in ((BtfType.DataSection)_btf[id]).Variables) ReadStructOps(section, variable, relocations);
        }
    }

    private void ReadStructOps(ElfSection section, BtfSectionVariable variable, ImmutableArray<ElfRelocation> relocations)
    {
        string map = _btf!.NameOf(variable.Type);
        int type = _btf.KindOf(variable.Type) is BtfKind.Variable ? _btf.Resolve(_btf.TargetOf(variable.Type)) : 0;
        if (_btf[type] is not BtfType.Composite { IsUnion: false, Name.Length: > 0 } definition
            || (ulong)variable.Offset + (ulong)definition.Size > section.Size)
        {
            diagnostics.Error(ObjectDiagnostics.BadStructOps,
                $"'{map}' is {_btf.TypeNameOf(type)} at {variable.Offset}, expected a named struct within {section.Size} bytes",
                At(section.Name, variable.Offset));
            return;
        }

        bool isLinked = section.Name.TrimStart('?') == LinkedStructOpsSection;
        _mapAt[(section.Index, variable.Offset)] = map;
        _maps.Add(new()
        {
            Name = map,
            Type = MapType.StructOps,
            KeySize = sizeof(int),
            ValueSize = definition.Size,
            ValueType = type,
            MaxEntries = 1,
            Flags = isLinked ? MapFlags.Link : MapFlags.None,
            Section = section.Name,
            Contents = [.. elf.Contents(section).Span.Slice(variable.Offset, definition.Size)],
            StructOps = CoreName.Essential(definition.Name),
            IsLinkedStructOps = isLinked,
            AutoCreate = section.Name[0] != '?',
            Slots = [.. Callbacks(section, variable.Offset, definition.Size, map, relocations)],
        });
    }

    private IEnumerable<MapSlot> Callbacks(
        ElfSection section, int start, int size, string map, ImmutableArray<ElfRelocation> relocations)
    {
        foreach (var relocation in relocations)
        {
            if (relocation.Offset < (ulong)start || relocation.Offset >= (ulong)start + (ulong)size) continue;
            if (SymbolOf(relocation, section.Name) is not { } symbol) continue;
            ulong place = symbol.Value + (ulong)(relocation.Addend ?? InPlace(section, relocation));
            if (_code.TryGetValue(symbol.Section, out var code) && code.TryGetFunction((long)(place / 8), out var function))
            {
                yield return new((uint)relocation.Offset - (uint)start, function.Name);
                continue;
            }

            diagnostics.Error(ObjectDiagnostics.BadStructOps,
                $"'{map}' refers to '{NameOf(symbol)}', which is no program", At(section.Name, (long)relocation.Offset));
        }
    }
}
