// SPDX-License-Identifier: MIT
using System.Diagnostics;
using Ruche.Bpf.Objects.Btf;

namespace Ruche.Bpf.Compiler.Relocation;

/// <summary>
/// The types that an object needs to ask its questions: the structs on the way to the fields with the members passed, what the fields are made of, and
/// nothing behind pointers. A loader looks for them by name and shape in the running kernel.
/// </summary>
internal sealed class TypeExcerpt
{
    private readonly BtfSpec _types;
    private readonly BtfBuilder _builder;
    private readonly SortedDictionary<int, SortedSet<int>> _kept = [];
    private readonly Dictionary<int, int> _ids = new() { [0] = 0 };

    public TypeExcerpt(BtfSpec types, BtfBuilder builder, List<KernelSubject> subjects)
    {
        (_types, _builder) = (types, builder);
        if (subjects.Count == 0) return;
        foreach (var subject in subjects.Where(s => s.Kind is not CoreRelocationKind.TypeIdLocal)) Keep(subject.Path);
        foreach (var subject in subjects.Where(s => s.Kind is CoreRelocationKind.TypeMatches)) KeepWhole(subject.Path.Root);
        foreach (int id in _kept.Keys) _ids.Add(id, builder.Reserve());
        foreach (int id in _kept.Keys) _builder[_ids[id]] = Copied(id);
    }

    /// <summary>The question at a slot, of the types as the object has them.</summary>
    public CoreRelocation RelocationAt(int slot, KernelSubject subject) =>
        subject.Kind is CoreRelocationKind.TypeIdLocal ? new(slot, subject.Path.Root, "0", subject.Kind) : new(slot, _ids[subject.Path.Root], AccessOf(subject), subject.Kind);

    private string AccessOf(KernelSubject subject)
    {
        var numbers = subject.Path.Steps.Select(s => _types[s.Holder] is BtfType.Composite ? _kept[s.Holder].TakeWhile(m => m < s.Index).Count() : s.Index);
        bool isEnumerator = subject.Kind is CoreRelocationKind.EnumValue or CoreRelocationKind.EnumValueExists;
        return string.Join(':', isEnumerator ? numbers : numbers.Prepend(0));
    }

    private void Keep(KernelPath path)
    {
        KeepShape(path.Root);
        foreach (var (holder, index) in path.Steps)
        {
            KeepShape(holder);
            if (_types[holder] is not BtfType.Composite composite) continue;
            _kept[holder].Add(index);
            KeepShape(composite.Members[index].Type);
        }
    }

    /// <summary>A type as its users see it: its size and what it is made of, without members.</summary>
    private void KeepShape(int id)
    {
        if (id == 0 || !_kept.TryAdd(id, [])) return;
        foreach (int part in PartsOf(_types[id])) KeepShape(part);
    }

    // What is compared field by field.
    private void KeepWhole(int id)
    {
        KeepShape(id);
        if (_types[id] is not BtfType.Composite composite || _kept[id].Count == composite.Members.Length) return;
        _kept[id].UnionWith(Enumerable.Range(0, composite.Members.Length));
        foreach (var member in composite.Members) KeepWhole(_types.Resolve(member.Type));
        foreach (var member in composite.Members) KeepShape(member.Type);
    }

    private static int[] PartsOf(BtfType type) => type switch
    {
        BtfType.Array x => [x.Element, x.Index],
        BtfType.Typedef x => [x.Target],
        BtfType.Volatile x => [x.Target],
        BtfType.Const x => [x.Target],
        BtfType.Restrict x => [x.Target],
        BtfType.TypeTag x => [x.Target],
        _ => [],
    };

    private BtfType Copied(int id) => _types[id] switch
    {
        BtfType.Composite x => x with { Members = [.. _kept[id].Select(m => x.Members[m] with { Type = _ids[x.Members[m].Type] })] },
        BtfType.Array x => x with { Element = _ids[x.Element], Index = _ids[x.Index] },
        BtfType.Typedef x => x with { Target = _ids[x.Target] },
        BtfType.Volatile x => x with { Target = _ids[x.Target] },
        BtfType.Const x => x with { Target = _ids[x.Target] },
        BtfType.Restrict x => x with { Target = _ids[x.Target] },
        BtfType.TypeTag x => x with { Target = _ids[x.Target] },
        BtfType.Pointer x => x with { Target = 0 },
        BtfType.Int or BtfType.Float or BtfType.Enum or BtfType.Forward => _types[id],
        var type => throw new UnreachableException($"no case for {type.GetType().Name}"),
    };
}
