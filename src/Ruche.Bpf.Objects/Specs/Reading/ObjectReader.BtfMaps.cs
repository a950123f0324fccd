// SPDX-License-Identifier: MIT
using Ruche.Bpf.Objects.Btf;
using Ruche.Bpf.Objects.Elf;
using Ruche.Bpf.Objects.Uapi;

namespace Ruche.Bpf.Objects.Specs.Reading;

internal sealed partial class ObjectReader
{
    private const string MapsSection = ".maps";
    private const int PointerSize = 8;

    private void ReadBtfMaps()
    {
        if (elf.Section(MapsSection) is not { Size: > 0 } section) return;
        _mapSections.Add(section.Index);
        if (_btf is null || !_btf.TryFind(BtfKind.DataSection, MapsSection, out int id))
        {
            diagnostics.Error(ObjectDiagnostics.NeedsBtf, $"section '{MapsSection}' needs BTF", At(MapsSection, 0), "compile with -g");
            return;
        }

        List<MapVariable> variables = [];
        foreach (var variable in ((BtfType.DataSection)_btf[id]).Variables)
        {
            if (ReadMapVariable(variable, section) is { } read) variables.Add(read);
        }

        foreach (var (variable, slots) in variables.Zip(ReadSlots(section, variables)))
            _maps.Add(slots.Count == 0 ? variable.Map : variable.Map with { Slots = [.. slots] });
    }

    private MapVariable? ReadMapVariable(BtfSectionVariable variable, ElfSection section)
    {
        string map = _btf!.NameOf(variable.Type);
        var where = At(MapsSection, variable.Offset);
        if (_btf[variable.Type] is not BtfType.Variable { Linkage: not BtfLinkage.Extern } declared) return null;
        if ((ulong)variable.Offset + (ulong)variable.Size > section.Size)
        {
            diagnostics.Error(ObjectDiagnostics.BadMap,
                $"map '{map}' at {variable.Offset} lies outside '{MapsSection}' of {section.Size} bytes", where);
            return null;
        }

        if (_btf[_btf.Resolve(declared.Target)] is not BtfType.Composite { IsUnion: false } definition)
        {
            diagnostics.Error(ObjectDiagnostics.BadMap,
                $"map '{map}' is defined as {_btf.TypeNameOf(declared.Target)}, expected a struct", where);
            return null;
        }

        BtfMapReader reader = new(_btf, map, where, diagnostics);
        var read = reader.Read(definition);
        _mapAt[(section.Index, variable.Offset)] = map;
        return new(read, variable.Offset, variable.Size, reader.SlotsOffset);
    }

    /// <summary>What each map's values are initialised with.</summary>
    private List<List<MapSlot>> ReadSlots(ElfSection section, List<MapVariable> variables)
    {
        List<List<MapSlot>> slots = variables.ConvertAll(_ => new List<MapSlot>());
        foreach (var relocation in elf.RelocationsOf(section))
        {
            if (SymbolOf(relocation, MapsSection) is not { } symbol) continue;
            int index = variables.FindIndex(v => relocation.Offset >= (ulong)v.Offset && relocation.Offset < (ulong)v.Offset + (ulong)v.Size);
            if (index < 0) continue;
            var variable = variables[index];
            long place = (long)relocation.Offset - variable.Offset - variable.SlotsOffset;
            if (variable.SlotsOffset < 0 || place < 0 || place % PointerSize != 0)
            {
                diagnostics.Error(ObjectDiagnostics.BadMap,
                    $"map '{variable.Map.Name}' is initialised outside its values", At(MapsSection, (long)relocation.Offset));
                continue;
            }

            if (SlotTarget(section, relocation, symbol, variable.Map) is { } target)
                slots[index].Add(new((uint)(place / PointerSize), target));
        }

        return slots;
    }

    private string? SlotTarget(ElfSection section, ElfRelocation relocation, ElfSymbol symbol, MapSpec map)
    {
        ulong addend = (ulong)(relocation.Addend ?? InPlace(section, relocation));
        ulong place = symbol.Value + addend;
        if (map.Type is MapType.ProgArray && _code.TryGetValue(symbol.Section, out var code)
            && code.TryGetFunction((long)(place / 8), out var function)) return function.Name;
        if (map.Inner is not null && place <= int.MaxValue && _mapAt.TryGetValue((symbol.Section, (int)place), out string? target))
            return target;
        diagnostics.Error(ObjectDiagnostics.BadMap,
            $"map '{map.Name}' is initialised with '{NameOf(symbol)}', expected {(map.Inner is null ? "a program" : "a map")}",
            At(MapsSection, (long)relocation.Offset));
        return null;
    }

    private long InPlace(ElfSection section, ElfRelocation relocation)
    {
        var contents = elf.Contents(section).Span;
        return relocation.Offset + PointerSize <= (ulong)contents.Length ? (long)U64(contents[(int)relocation.Offset..]) : 0;
    }

    private sealed record MapVariable(MapSpec Map, int Offset, int Size, int SlotsOffset);
}
