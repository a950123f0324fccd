// SPDX-License-Identifier: MIT
using Ruche.Bpf.Objects.Elf;
using Ruche.Bpf.Objects.Uapi;

namespace Ruche.Bpf.Objects.Specs.Reading;

internal sealed partial class ObjectReader
{
    /// <summary>The maps by section number and offset.</summary>
    private readonly Dictionary<(int Section, int Offset), string> _mapAt = [];

    private readonly HashSet<int> _mapSections = [];

    /// <summary>Legacy maps by the number that other entries and section names refer to them with.</summary>
    private readonly Dictionary<uint, string> _mapWithId = [];

    private void ReadLegacyMaps()
    {
        foreach (var section in elf.Sections)
        {
            bool isMaps = section.Name == "maps" || section.Name.StartsWith("maps/", StringComparison.Ordinal);
            if (!isMaps || section.Type is not ElfSectionType.ProgramBits || section.Size == 0) continue;
            _mapSections.Add(section.Index);
            ReadLegacyMaps(section);
        }
    }

    private void ReadLegacyMaps(ElfSection section)
    {
        var contents = elf.Contents(section).Span;
        List<(MapSpec Map, uint InnerId, int InnerIndex)> read = [];
        var symbols = MapSymbols(section);
        for (int i = 0; i < symbols.Count; i++)
        {
            int start = (int)symbols[i].Value;
            int end = i + 1 < symbols.Count ? (int)symbols[i + 1].Value : contents.Length;
            if (symbols[i].Size > 0) end = (int)Math.Min((ulong)end, (ulong)start + symbols[i].Size);
            if (end - start < LegacyMapLayout.MinimumSize)
            {
                diagnostics.Error(ObjectDiagnostics.BadMap,
                    $"map '{symbols[i].Name}' has {end - start} bytes, expected at least {LegacyMapLayout.MinimumSize}", At(section.Name, start));
                continue;
            }

            read.Add(ReadLegacyMap(contents[start..end], symbols[i].Name, section.Name));
            _mapAt[(section.Index, start)] = symbols[i].Name;
        }

        var flat = read.ConvertAll(r => r.Map);
        foreach (var (map, innerId, innerIndex) in read) _maps.Add(WithInner(map, innerId, innerIndex, flat));
    }

    private List<ElfSymbol> MapSymbols(ElfSection section)
    {
        List<ElfSymbol> symbols = [];
        foreach (var symbol in elf.Symbols.Where(s => s.Section == section.Index && s.Name.Length > 0).OrderBy(s => s.Value))
        {
            if (symbol.Type is not (ElfSymbolType.Object or ElfSymbolType.None) || symbol.Value >= section.Size) continue;
            if (symbols.Count == 0 || symbols[^1].Value != symbol.Value) symbols.Add(symbol);
        }

        return symbols;
    }

    private (MapSpec Map, uint InnerId, int InnerIndex) ReadLegacyMap(ReadOnlySpan<byte> entry, string map, string section)
    {
        uint[] words = new uint[entry.Length / sizeof(uint)];
        for (int i = 0; i < words.Length; i++) words[i] = U32(entry[(i * sizeof(uint))..]);
        var type = (MapType)words[0];
        var flags = (MapFlags)words[4];
        var layout = LegacyMapLayout.Of(
            entry.Length, type is MapType.ArrayOfMaps or MapType.HashOfMaps, (flags & MapFlags.NumaNode) != 0);
        if (Word(layout.Id) is var id && id != 0) _mapWithId.TryAdd(id, map);
        var spec = new MapSpec
        {
            Name = map,
            Type = type,
            KeySize = Size(words[1], map, "key"),
            ValueSize = Size(words[2], map, "value"),
            MaxEntries = words[3],
            Flags = flags,
            NumaNode = layout.InnerId < 0 && layout.InnerIndex == 5 ? (int)Word(6) : 0,
            Pinning = Word(layout.Pinning) is 0 ? MapPinning.None : MapPinning.ByName,
            Section = section,
        };
        return (spec, Word(layout.InnerId), (int)Word(layout.InnerIndex));

        uint Word(int index) => index >= 0 && index < words.Length ? words[index] : 0;
    }

    // Inner maps are named by id (iproute2), or by their place in the section (kernel samples).
    private MapSpec WithInner(MapSpec map, uint innerId, int innerIndex, List<MapSpec> section)
    {
        if (map.Type is not (MapType.ArrayOfMaps or MapType.HashOfMaps)) return map;
        string? name = innerId != 0 ? _mapWithId.GetValueOrDefault(innerId) : null;
        var inner = name is not null ? section.Find(m => m.Name == name)
            : innerIndex >= 0 && innerIndex < section.Count ? section[innerIndex]
            : null;
        if (inner is null || inner.Type is MapType.ArrayOfMaps or MapType.HashOfMaps) return map;
        return map with
        {
            ValueSize = sizeof(uint),
            Inner = inner with { Name = $"{map.Name}.inner", Pinning = MapPinning.None },
            Slots = name is not null ? [new((uint)Math.Max(innerIndex, 0), name)] : [],
        };
    }

    private int Size(ulong size, string map, string what)
    {
        if (size <= int.MaxValue) return (int)size;
        diagnostics.Error(ObjectDiagnostics.BadMap, $"map '{map}' has {what}s of {size} bytes", At(null, 0));
        return 0;
    }
}
