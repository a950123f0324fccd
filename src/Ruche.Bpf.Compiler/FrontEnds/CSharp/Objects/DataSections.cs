// SPDX-License-Identifier: MIT
using System.Collections.Immutable;
using Ruche.Bpf.Compiler.FrontEnds.CSharp.Types;
using Ruche.Bpf.Compiler.Ir;
using Ruche.Bpf.Objects.Specs;
using Ruche.Bpf.Objects.Uapi;

namespace Ruche.Bpf.Compiler.FrontEnds.CSharp.Objects;

/// <summary>The sections of an object's global variables, filled as variables come up.</summary>
internal sealed class DataSections
{
    private const string Data = ".data", Bss = ".bss", ReadOnly = ".rodata", Constants = ".rodata.const";

    private readonly Dictionary<string, List<byte>> _contents = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _constants = new(StringComparer.Ordinal);
    private readonly List<(string Name, DataPlace Place, ClrType Type)> _variables = [];

    public DataPlace Variable(string name, ClrType type, bool isReadOnly, ImmutableArray<byte> initial)
    {
        string section = isReadOnly ? ReadOnly : initial.All(b => b == 0) ? Bss : Data;
        DataPlace place = new(section, Room(section, type.Size, type.Alignment));
        initial.CopyTo(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_contents[section])[place.Offset..]);
        _variables.Add((name, place, type));
        return place;
    }

    /// <summary>Bytes that are the same for ever, each row of them once. A zero stands behind them.</summary>
    public DataPlace Constant(ImmutableArray<byte> bytes, int size)
    {
        string key = System.Convert.ToHexString(bytes.AsSpan());
        if (_constants.TryGetValue(key, out int known)) return new(Constants, known);
        int offset = Room(Constants, size + 1, 8);
        bytes.CopyTo(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_contents[Constants])[offset..]);
        _constants.Add(key, offset);
        return new(Constants, offset);
    }

    /// <summary>Copies of the sections, by name.</summary>
    public Dictionary<string, byte[]> Contents() => _contents.ToDictionary(c => c.Key, c => c.Value.ToArray(), StringComparer.Ordinal);

    /// <summary>Adds the sections to a module, with their variables described.</summary>
    public void AddTo(Module module, BtfTypeWriter types)
    {
        foreach (var (section, contents) in _contents.OrderBy(s => s.Key, StringComparer.Ordinal))
        {
            var variables = _variables.Where(v => v.Place.Section == section).ToList();
            module.Maps.Add(new()
            {
                Name = section,
                Section = section,
                Type = MapType.Array,
                KeySize = 4,
                ValueSize = contents.Count,
                MaxEntries = 1,
                Flags = section.StartsWith(ReadOnly, StringComparison.Ordinal) ? MapFlags.MemoryMapped | MapFlags.ReadOnlyProgram : MapFlags.MemoryMapped,
                DataSection = section switch { Data => DataSectionKind.Data, Bss => DataSectionKind.Bss, _ => DataSectionKind.ReadOnlyData },
                ValueType = types.AddSection(section, contents.Count, variables),
                Contents = section == Bss ? [] : [.. contents],
            });
            if (section == Constants) module.FixedSections.Add(section);
            foreach (var (name, place, type) in variables) module.Globals.Add(new(name, section, place.Offset, type.Size, types.Add(type)));
        }
    }

    private int Room(string section, int size, int alignment)
    {
        if (!_contents.TryGetValue(section, out var contents)) _contents.Add(section, contents = []);
        while (contents.Count % alignment != 0) contents.Add(0);
        int offset = contents.Count;
        contents.AddRange(new byte[size]);
        return offset;
    }
}
