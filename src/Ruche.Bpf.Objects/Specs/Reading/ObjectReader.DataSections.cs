// SPDX-License-Identifier: MIT
using Ruche.Bpf.Objects.Btf;
using Ruche.Bpf.Objects.Elf;
using Ruche.Bpf.Objects.Uapi;

namespace Ruche.Bpf.Objects.Specs.Reading;

internal sealed partial class ObjectReader
{
    private const string ArenaSection = ".addr_space.1";

    /// <summary>The maps that hold data sections, by section number.</summary>
    private readonly Dictionary<int, string> _dataAt = [];

    private void ReadDataSections()
    {
        var loaded = LoadedSections();
        foreach (var section in elf.Sections)
        {
            if (section.Size == 0 || section.Type is not (ElfSectionType.ProgramBits or ElfSectionType.NoBits)) continue;
            if (_mapSections.Contains(section.Index) || (section.Flags & ElfSectionFlags.Execute) != 0) continue;
            var kind = KindOf(section, loaded.Contains(section.Index));
            if (kind is DataSectionKind.None) continue;
            if (section.Name == ArenaSection) AddArenaContents(section);
            else AddDataSection(section, kind);
        }
    }

    private HashSet<int> LoadedSections()
    {
        HashSet<int> loaded = [];
        foreach (var relocation in _code.Values.SelectMany(c => c.Relocations))
        {
            if (relocation.Symbol < elf.Symbols.Length) loaded.Add(elf.Symbols[relocation.Symbol].Section);
        }

        return loaded;
    }

    // Sections with the usual names are always loaded; others (SEC on a variable, merged by a linker) when code refers to them.
    private static DataSectionKind KindOf(ElfSection section, bool isLoaded)
    {
        bool isZero = section.Type is ElfSectionType.NoBits;
        if (IsNamed(section.Name, ".data")) return isZero ? DataSectionKind.Bss : DataSectionKind.Data;
        if (IsNamed(section.Name, ".bss")) return isZero ? DataSectionKind.Bss : DataSectionKind.Data;
        if (IsNamed(section.Name, ".rodata")) return DataSectionKind.ReadOnlyData;
        if (!isLoaded || IsStructOps(section.Name) || section.Name is "license" or "version") return DataSectionKind.None;
        if ((section.Flags & ElfSectionFlags.Allocate) == 0) return DataSectionKind.None;
        return isZero ? DataSectionKind.Bss
            : (section.Flags & ElfSectionFlags.Write) != 0 ? DataSectionKind.Data
            : DataSectionKind.ReadOnlyData;
    }

    private static bool IsNamed(string section, string name) =>
        section.StartsWith(name, StringComparison.Ordinal) && (section.Length == name.Length || section[name.Length] == '.');

    private void AddDataSection(ElfSection section, DataSectionKind kind)
    {
        if (section.Size > int.MaxValue)
        {
            diagnostics.Error(ObjectDiagnostics.BadLayout,
                $"section '{section.Name}' has {section.Size} bytes, more than fit a map", At(section.Name, 0));
            return;
        }

        ReportAddresses(section);
        string map = UniqueMapName(section.Name);
        _dataAt.Add(section.Index, map);
        _maps.Add(new()
        {
            Name = map,
            Type = MapType.Array,
            KeySize = sizeof(int),
            ValueSize = (int)section.Size,
            MaxEntries = 1,
            Flags = MapFlags.MemoryMapped | (kind is DataSectionKind.ReadOnlyData ? MapFlags.ReadOnlyProgram : 0),
            ValueType = _btf is not null && _btf.TryFind(BtfKind.DataSection, section.Name, out int id) ? id : 0,
            DataSection = kind,
            Section = section.Name,
            Alignment = (int)Math.Clamp(section.Alignment, 1, 1 << 16),
            Contents = [.. elf.Contents(section).Span],
        });
    }

    private void AddArenaContents(ElfSection section)
    {
        int index = _maps.FindIndex(m => m.Type is MapType.Arena);
        if (index < 0)
        {
            diagnostics.Error(ObjectDiagnostics.BadMap, $"section '{section.Name}' holds arena variables, but no map is an arena",
                At(section.Name, 0), "define a map of type BPF_MAP_TYPE_ARENA");
            return;
        }

        _maps[index] = _maps[index] with { Contents = [.. elf.Contents(section).Span] };
        _dataAt.Add(section.Index, _maps[index].Name);
    }

    private void ReportAddresses(ElfSection section)
    {
        var relocations = elf.RelocationsOf(section);
        if (relocations.Length == 0) return;
        string what = relocations.Length == 1 ? "an address, which stays zero: it is" : $"{relocations.Length} addresses, which stay zero: they are";
        diagnostics.Warning(ObjectDiagnostics.AddressInData, $"section '{section.Name}' holds {what} known only at load time",
            At(section.Name, (long)relocations[0].Offset), "let the program store them, or index an array");
    }

    private string UniqueMapName(string wanted)
    {
        string unique = wanted;
        for (int i = 1; _maps.Exists(m => m.Name == unique); i++) unique = $"{wanted}.{i}";
        return unique;
    }

    private Dictionary<string, GlobalSpec> ReadGlobals()
    {
        Dictionary<string, GlobalSpec> globals = new(StringComparer.Ordinal);
        foreach (var symbol in elf.Symbols)
        {
            if (symbol.Type is not ElfSymbolType.Object || !_dataAt.TryGetValue(symbol.Section, out string? map)) continue;
            ulong size = elf.Sections[symbol.Section].Size;
            if (symbol.Value > size || symbol.Size > size - symbol.Value || globals.ContainsKey(symbol.Name)) continue;
            globals.Add(symbol.Name, new(symbol.Name, map, (int)symbol.Value, (int)symbol.Size, TypeOfGlobal(symbol.Name))
            {
                IsStatic = symbol.IsLocal,
                IsWeak = symbol.Binding is ElfSymbolBinding.Weak,
            });
        }

        foreach (var found in _externs)
        {
            if (found.Kind is ExternKind.Kconfig)
                globals[found.Name] = new(found.Name, KconfigSection, found.Offset, found.Size, found.Type);
        }

        return globals;
    }

    private int TypeOfGlobal(string variable) =>
        _declared.TryGetValue(variable, out int id) && _btf!.KindOf(id) is BtfKind.Variable ? _btf.TargetOf(id) : 0;
}
