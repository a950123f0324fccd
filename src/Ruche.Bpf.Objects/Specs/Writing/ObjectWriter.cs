// SPDX-License-Identifier: MIT
using System.Buffers.Binary;
using System.Text;
using Ruche.Bpf.Objects.Btf;
using Ruche.Bpf.Objects.Elf;
using Ruche.Bpf.Objects.Uapi;

namespace Ruche.Bpf.Objects.Specs.Writing;

/// <summary>Writes an object as ELF. Used once.</summary>
internal sealed partial class ObjectWriter(ObjectSpec spec)
{
    private const string Text = ".text";
    private const string Kconfig = ".kconfig";

    private readonly ElfWriter _elf = new(spec.ByteOrder);
    private readonly BtfBuilder _btf = spec.Btf is { } btf ? BtfBuilder.From(btf) : new();

    /// <summary>Section number and section symbol of each data section, by map.</summary>
    private readonly Dictionary<string, (int Section, int Symbol)> _data = new(StringComparer.Ordinal);

    private readonly Dictionary<string, int> _mapSymbols = new(StringComparer.Ordinal);
    private readonly Dictionary<Reference.JumpTable, int> _tableSymbols = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<string, int> _externs = new(StringComparer.Ordinal);

    public byte[] Write()
    {
        PlaceFunctions();
        AddExterns();
        AddDataSections();
        AddMaps();
        AddStructOps();
        AddCode();
        if (spec.License.Length > 0) AddPlain("license", [.. Encoding.UTF8.GetBytes(spec.License), 0], 1);
        if (spec.KernelVersion != 0) AddPlain("version", Bytes(spec.KernelVersion), 4);
        AddTypes();
        return _elf.Write();
    }

    private int AddPlain(string name, byte[] contents, int alignment) => _elf.AddSection(
        name, ElfSectionType.ProgramBits, ElfSectionFlags.Allocate | ElfSectionFlags.Write, contents, alignment);

    private byte[] Bytes(ulong value)
    {
        byte[] bytes = new byte[sizeof(ulong)];
        if (spec.ByteOrder is ByteOrder.Little) BinaryPrimitives.WriteUInt64LittleEndian(bytes, value);
        else BinaryPrimitives.WriteUInt64BigEndian(bytes, value);
        return bytes;
    }

    private byte[] Bytes(uint value)
    {
        byte[] bytes = new byte[sizeof(uint)];
        if (spec.ByteOrder is ByteOrder.Little) BinaryPrimitives.WriteUInt32LittleEndian(bytes, value);
        else BinaryPrimitives.WriteUInt32BigEndian(bytes, value);
        return bytes;
    }

    private int SectionSymbol(int section) => _elf.AddSymbol(
        new("", 0, 0, ElfSymbolType.Section, ElfSymbolBinding.Local, ElfSymbolVisibility.Default, section));

    private void AddExterns()
    {
        foreach (var found in spec.Externs)
        {
            var binding = found.IsWeak ? ElfSymbolBinding.Weak : ElfSymbolBinding.Global;
            _externs[found.Name] = _elf.AddSymbol(
                new(found.Name, 0, 0, ElfSymbolType.None, binding, ElfSymbolVisibility.Default, 0));
        }
    }

    private void AddDataSections()
    {
        foreach (var map in spec.Maps)
        {
            if (map.DataSection is DataSectionKind.None or DataSectionKind.Kconfig) continue;
            var flags = ElfSectionFlags.Allocate
                | (map.DataSection is DataSectionKind.ReadOnlyData ? ElfSectionFlags.None : ElfSectionFlags.Write);
            byte[] contents = [.. map.Contents];
            Array.Resize(ref contents, map.ValueSize);
            int section = map.DataSection is DataSectionKind.Bss
                ? _elf.AddZeros(map.Section, flags, map.ValueSize, map.Alignment)
                : _elf.AddSection(map.Section, ElfSectionType.ProgramBits, flags, contents, map.Alignment);
            _data.Add(map.Name, (section, SectionSymbol(section)));
        }

        foreach (var global in spec.Globals.Values.OrderBy(g => g.Map, StringComparer.Ordinal).ThenBy(g => g.Offset))
        {
            if (!_data.TryGetValue(global.Map, out var place)) continue;
            var binding = global.IsStatic ? ElfSymbolBinding.Local : global.IsWeak ? ElfSymbolBinding.Weak : ElfSymbolBinding.Global;
            _elf.AddSymbol(new(
                global.Name, (ulong)global.Offset, (ulong)global.Size, ElfSymbolType.Object, binding, ElfSymbolVisibility.Default, place.Section));
        }
    }

    private void AddMaps()
    {
        List<MapSpec> maps = [.. spec.Maps.Where(m => m.DataSection is DataSectionKind.None && m.Type is not MapType.StructOps)];
        if (maps.Count == 0) return;
        MapDefinitions definitions = new(_btf);
        definitions.Add(maps);
        int section = AddPlain(".maps", new byte[definitions.Size], 8);
        for (int i = 0; i < maps.Count; i++)
        {
            int start = definitions.Places[maps[i].Name].Offset;
            int end = i + 1 < maps.Count ? definitions.Places[maps[i + 1].Name].Offset : definitions.Size;
            _mapSymbols[maps[i].Name] = _elf.AddSymbol(new(
                maps[i].Name, (ulong)start, (ulong)(end - start), ElfSymbolType.Object, ElfSymbolBinding.Global, ElfSymbolVisibility.Default, section));
        }

        foreach (var map in maps)
        {
            var (offset, slots) = definitions.Places[map.Name];
            foreach (var slot in map.Slots)
            {
                int symbol = _mapSymbols.TryGetValue(slot.Target, out int other) ? other : _functions[slot.Target].Symbol;
                _elf.AddRelocation(section, (ulong)(offset + slots) + slot.Key * 8, BpfRelocationType.Absolute64, symbol);
            }
        }
    }

    private void AddStructOps()
    {
        foreach (var group in spec.Maps.Where(m => m.Type is MapType.StructOps).GroupBy(m => m.Section).OrderBy(g => g.Key, StringComparer.Ordinal))
        {
            List<byte> contents = [];
            List<(MapSpec Map, int Start)> placed = [];
            foreach (var map in group)
            {
                while (contents.Count % 8 != 0) contents.Add(0);
                placed.Add((map, contents.Count));
                contents.AddRange(map.Contents);
                contents.AddRange(new byte[map.ValueSize - map.Contents.Length]);
            }

            int section = AddPlain(group.Key, [.. contents], 8);
            foreach (var (map, start) in placed)
            {
                _mapSymbols[map.Name] = _elf.AddSymbol(new(
                    map.Name, (ulong)start, (ulong)map.ValueSize, ElfSymbolType.Object, ElfSymbolBinding.Global, ElfSymbolVisibility.Default, section));
                foreach (var slot in map.Slots)
                    _elf.AddRelocation(section, (ulong)start + slot.Key, BpfRelocationType.Absolute64, _functions[slot.Target].Symbol);
            }
        }
    }

    private void AddTypes()
    {
        if (_btf.Count == _btf.FirstId) return;
        byte[] ext = Records().Write(_btf, spec.ByteOrder);
        _elf.AddSection(".BTF", ElfSectionType.ProgramBits, ElfSectionFlags.None, _btf.Write(spec.ByteOrder), 4);
        _elf.AddSection(".BTF.ext", ElfSectionType.ProgramBits, ElfSectionFlags.None, ext, 4);
    }
}
