// SPDX-License-Identifier: MIT
using System.Collections.Immutable;
using Ruche.Bpf.Objects.Btf;
using Ruche.Bpf.Objects.Uapi;

namespace Ruche.Bpf.Objects.Specs.Writing;

/// <summary>
/// Describes maps as C declarations in <c>.maps</c> do: a struct whose members hold numbers as array lengths and types as pointer
/// targets.
/// </summary>
internal sealed class MapDefinitions(BtfBuilder btf)
{
    private const string Section = ".maps";
    private const int PointerSize = 8;

    private readonly Dictionary<string, (int Offset, int Slots)> _places = new(StringComparer.Ordinal);
    private int _int;

    /// <summary>How many bytes the section has.</summary>
    public int Size { get; private set; }

    /// <summary>Where each map starts in the section, and where its initial values start in it.</summary>
    public IReadOnlyDictionary<string, (int Offset, int Slots)> Places => _places;

    /// <summary>Adds the maps that are no data sections, and replaces what the types said about the section.</summary>
    public void Add(IEnumerable<MapSpec> maps)
    {
        var variables = ImmutableArray.CreateBuilder<BtfSectionVariable>();
        foreach (var map in maps)
        {
            var (type, size, slots) = Define(map, isInner: false);
            int variable = ReuseVariable(map.Name, type);
            variables.Add(new(variable, Size, size));
            _places.Add(map.Name, (Size, slots));
            Size += size;
        }

        if (variables.Count == 0) return;
        BtfType.DataSection section = new(Size, variables.DrainToImmutable()) { Name = Section };
        for (int id = btf.FirstId; id < btf.Count; id++)
        {
            if (btf[id] is not BtfType.DataSection { Name: Section }) continue;
            btf[id] = section;
            return;
        }

        btf.Add(section);
    }

    private int ReuseVariable(string map, int type)
    {
        BtfType.Variable variable = new(type, BtfLinkage.Global) { Name = map };
        for (int id = btf.FirstId; id < btf.Count; id++)
        {
            if (btf[id] is not BtfType.Variable present || present.Name != map) continue;
            btf[id] = variable;
            return id;
        }

        return btf.Add(variable);
    }

    private (int Type, int Size, int Slots) Define(MapSpec map, bool isInner)
    {
        List<(string Name, int Type)> members = [("type", Number((uint)map.Type))];
        if (map.KeyType != 0) members.Add(("key", btf.Add(new BtfType.Pointer(map.KeyType))));
        else if (map.KeySize != 0) members.Add(("key_size", Number((uint)map.KeySize)));
        bool hasValues = map.Inner is not null || (map.Type is MapType.ProgArray && !map.Slots.IsEmpty);
        if (map.ValueType != 0 && !hasValues) members.Add(("value", btf.Add(new BtfType.Pointer(map.ValueType))));
        else if (map.ValueSize != 0 && !hasValues) members.Add(("value_size", Number((uint)map.ValueSize)));
        if (map.MaxEntries != 0) members.Add(("max_entries", Number(map.MaxEntries)));
        if (map.Flags != 0) members.Add(("map_flags", Number((uint)map.Flags)));
        if (map.NumaNode != 0) members.Add(("numa_node", Number((uint)map.NumaNode)));
        if (map.Extra != 0) members.Add(("map_extra", Number64(map.Extra)));
        if (map.Pinning is MapPinning.ByName && !isInner) members.Add(("pinning", Number(1)));
        int slots = -1, count = 0;
        if (hasValues)
        {
            slots = members.Count * PointerSize;
            count = map.Slots.IsEmpty ? 0 : (int)Math.Min(map.Slots.Max(s => s.Key) + 1, map.MaxEntries);
            members.Add(("values", btf.Add(new BtfType.Array(btf.Add(new BtfType.Pointer(Element(map))), Int(), 0))));
        }

        var fields = members.Select((m, i) => new BtfMember(m.Name, m.Type, i * PointerSize * 8, 0));

        // The array of values is flexible: its elements belong to the variable, not to its type.
        int size = (slots < 0 ? members.Count : members.Count - 1) * PointerSize;
        return (btf.Add(new BtfType.Composite(IsUnion: false, size, [.. fields])), size + count * PointerSize, slots);
    }

    private int Element(MapSpec map) => map.Inner is { } inner
        ? Define(inner, isInner: true).Type
        : btf.Add(new BtfType.FunctionPrototype(Int(), []));

    private int Number(uint value) => value <= int.MaxValue
        ? btf.Add(new BtfType.Pointer(btf.Add(new BtfType.Array(Int(), Int(), (int)value))))
        : Number64(value);

    private int Number64(ulong value) =>
        btf.Add(new BtfType.Enum(8, IsSigned: false, Is64: true, [new($"map_value_{btf.Count}", value)]));

    private int Int() => _int != 0 ? _int : _int = btf.Add(new BtfType.Int(4, IntEncoding.Signed, 0, 32) { Name = "int" });
}
