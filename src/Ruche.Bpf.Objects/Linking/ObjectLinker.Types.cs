// SPDX-License-Identifier: MIT
using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Ruche.Bpf.Objects.Btf;

namespace Ruche.Bpf.Objects.Linking;

public sealed partial class ObjectLinker
{
    private const string Maps = ".maps";

    /// <summary>For each object, the id in the result of each of its types.</summary>
    private readonly List<ImmutableArray<int>> _ids = [];

    private readonly Dictionary<(int Object, int Offset), int> _strings = [];
    private BtfBuilder? _types;

    private void MergeTypes()
    {
        BtfBuilder all = new();
        List<ImmutableArray<int>> appended = [.. _objects.Select(o => o.Btf is { } btf ? all.Append(btf) : [0])];
        if (_objects.All(o => o.Btf is null))
        {
            _ids.AddRange(appended);
            return;
        }

        var merged = BtfDeduplicator.Deduplicate(all.Build(_objects[0].ByteOrder));
        _ids.AddRange(appended.Select(ids => ImmutableArray.CreateRange(ids, id => merged.Ids[id])));
        _types = BtfBuilder.From(merged.Spec);
    }

    private int TypeOf(int index, int type) => (uint)type < (uint)_ids[index].Length ? _ids[index][type] : 0;

    private int StringOf(int index, int offset)
    {
        if (_strings.TryGetValue((index, offset), out int known)) return known;
        int moved = _types!.AddString(_objects[index].Btf!.StringAt(offset));
        _strings.Add((index, offset), moved);
        return moved;
    }

    private BtfSpec? FinishTypes()
    {
        if (_types is null) return null;
        Dictionary<string, List<(int Object, int Id)>> sections = new(StringComparer.Ordinal);
        for (int i = 0; i < _objects.Length; i++)
        {
            if (_objects[i].Btf is not { } btf) continue;
            foreach (int id in btf.IdsOf(BtfKind.DataSection))
            {
                if (!sections.TryGetValue(btf.NameOf(id), out var same)) sections.Add(btf.NameOf(id), same = []);
                same.Add((i, id));
            }
        }

        foreach (var (name, same) in sections) MergeSection(name, same);
        DropProvidedDeclarations();
        return _types.Build(_objects[0].ByteOrder);
    }

    private void MergeSection(string name, List<(int Object, int Id)> same)
    {
        List<BtfSectionVariable> variables = [];
        HashSet<string> seen = new(StringComparer.Ordinal);
        int end = 0;
        foreach (var (index, id) in same)
        {
            var btf = _objects[index].Btf!;
            var section = (BtfType.DataSection)btf[id];
            int shift = ShiftOf(index, name) ?? (end + 7) / 8 * 8;
            foreach (var variable in section.Variables)
            {
                if (!IsPlaced(index, btf, variable.Type, name, seen)) continue;
                int offset = name == Kconfig ? _externs[btf.NameOf(variable.Type)].Offset : variable.Offset + shift;
                variables.Add(new(TypeOf(index, variable.Type), offset, variable.Size));
            }

            end = Math.Max(end, shift + section.Size);
        }

        int size = _sizes.TryGetValue(name, out int known) ? known : end;
        CollectionsMarshal.AsSpan(variables).Sort((a, b) => a.Offset.CompareTo(b.Offset));
        _types![TypeOf(same[0].Object, same[0].Id)] = new BtfType.DataSection(size, [.. variables]) { Name = name };

        // Ids cannot be taken away; what the others said becomes a type that says nothing.
        foreach (var (index, id) in same.Skip(1)) _types[TypeOf(index, id)] = new BtfType.Const(0);
    }

    // Declarations that found their definitions say nothing any more, and no kernel takes them.
    private void DropProvidedDeclarations()
    {
        for (int id = 1; id < _types!.Count; id++)
        {
            if (_types[id] is BtfType.Function { Linkage: BtfLinkage.Extern } or BtfType.Variable { Linkage: BtfLinkage.Extern }
                && !_externs.ContainsKey(_types[id].Name)) _types[id] = new BtfType.Const(0);
        }
    }

    // A declaration is listed once, a definition unless another won; statics always.
    private bool IsPlaced(int index, BtfSpec btf, int type, string section, HashSet<string> seen)
    {
        string name = btf.NameOf(type);
        return btf[type] switch
        {
            BtfType.Variable { Linkage: BtfLinkage.Extern } => section is Kconfig or ".ksyms" && _externs.ContainsKey(name) && seen.Add(name),
            BtfType.Variable { Linkage: BtfLinkage.Static } => true,
            BtfType.Variable when section == Maps => seen.Add(name),
            BtfType.Variable => !_globalProviders.TryGetValue(name, out int provider) || provider == index,
            _ => seen.Add(name),
        };
    }
}
