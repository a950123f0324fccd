// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Objects.Btf.Rendering;

/// <summary>Which types are written, the ones asked for and what they contain, and what each is called. Types that are only pointed to are not.</summary>
internal sealed class KernelCSharpTypes
{
    private const int MaxNesting = 16;

    private readonly BtfSpec _spec;
    private readonly KernelCSharpMembers _members;
    private readonly KernelCSharpNames _names = new(KernelCSharpNames.OfDefinitions);
    private readonly List<KernelCSharpType> _all = [];
    private readonly Dictionary<int, string> _named = [];
    private readonly Dictionary<(string Owner, string Member), string> _nested = [];

    /// <summary>Finds the types; those asked for have the first choice of names.</summary>
    public KernelCSharpTypes(BtfSpec spec, IEnumerable<int> roots)
    {
        (_spec, _members) = (spec, new(spec));
        foreach (int root in roots) AddNamed(root);
        for (int i = 0; i < _all.Count; i++) AddContained(_all[i]);
    }

    /// <summary>The types in the order in which they were found.</summary>
    public IReadOnlyList<KernelCSharpType> All => _all;

    /// <summary>Every type of a set that has a name of its own.</summary>
    public static IEnumerable<int> RootsOf(BtfSpec spec)
    {
        for (int id = Math.Max(1, spec.FirstId); id < spec.Count; id++)
        {
            bool isWanted = spec.KindOf(id) is BtfKind.Struct or BtfKind.Union or BtfKind.Enum or BtfKind.Enum64 or BtfKind.Typedef;
            if (isWanted && spec.NameOffsetOf(id) != 0) yield return id;
        }
    }

    /// <summary>The name of a struct, union or enumeration that is written; null for any other type.</summary>
    public string? NameOf(int id) => _named.GetValueOrDefault(Definition(id).Key);

    /// <summary>The name of the type of a member, or of the elements when it is an array; null unless that is a struct, union or enumeration.</summary>
    public string? NameOf(KernelCSharpType owner, KernelCSharpMember member) =>
        NameOf(ElementOf(member.Type)) ?? _nested.GetValueOrDefault((owner.Name, member.Name));

    /// <summary>What an array holds in the end; the type itself when it is none.</summary>
    private int ElementOf(int id)
    {
        int element = id;
        for (int depth = 0; _spec.KindOf(_spec.Resolve(element)) is BtfKind.Array; depth++)
        {
            if (depth > BtfSpec.MaxDepth) throw _spec.Endless(id);
            element = _spec.ArrayAt(_spec.Resolve(element)).Element;
        }
        return element;
    }

    private void AddContained(KernelCSharpType owner)
    {
        foreach (var member in owner.Members)
        {
            int element = ElementOf(member.Type);
            if (!AddNamed(element)) AddNested(owner, member, _spec.Resolve(element));
        }
    }

    /// <summary>Whether the type is one that has a name.</summary>
    private bool AddNamed(int id)
    {
        var (definition, key) = Definition(id);
        if (key == 0) return false;
        if (_named.ContainsKey(key)) return true;
        string name = _spec.NameOf(key);
        string kernelName = key == definition ? $"{Keyword(definition)} {name}" : name;
        _named[key] = Add(definition, KernelCSharpNames.Plain(name), kernelName, 0);
        return true;
    }

    /// <summary>A type without a name is called after the member that has it, and so is found anew for each.</summary>
    private void AddNested(KernelCSharpType owner, KernelCSharpMember member, int id)
    {
        if (!IsDefinition(id) || _nested.ContainsKey((owner.Name, member.Name))) return;
        if (owner.Depth > MaxNesting) throw _spec.Endless(id);
        _nested[(owner.Name, member.Name)] = Add(id, $"{owner.Name}__{KernelCSharpNames.Plain(member.Name)}", "", owner.Depth + 1);
    }

    private string Add(int id, string name, string kernelName, int depth)
    {
        var members = _members.Of(id);

        // C# has no member with the name of the type around it.
        if (members.Exists(member => member.Name == name)) name = $"{Keyword(id)}_{name}";
        name = _names.Take(name);
        _all.Add(new(id, name, kernelName, members, depth));
        return name;
    }

    /// <summary>A struct, union or enumeration, and the id that has its name: its own, or that of the typedef of one without; 0 for neither.</summary>
    private (int Id, int Key) Definition(int id)
    {
        int start = id, typedef = 0;
        for (int depth = 0; _spec.KindOf(id) is BtfKind.Typedef or BtfKind.Const or BtfKind.Volatile or BtfKind.Restrict or BtfKind.TypeTag; depth++)
        {
            if (depth > BtfSpec.MaxDepth) throw _spec.Endless(start);
            if (_spec.KindOf(id) is BtfKind.Typedef && _spec.NameOffsetOf(id) != 0) typedef = id;
            id = _spec.TargetOf(id);
        }
        return (id, !IsDefinition(id) ? 0 : _spec.NameOffsetOf(id) != 0 ? id : typedef);
    }

    private bool IsDefinition(int id) => _spec.KindOf(id) is BtfKind.Struct or BtfKind.Union or BtfKind.Enum or BtfKind.Enum64;

    private string Keyword(int id) => _spec.KindOf(id) switch { BtfKind.Struct => "struct", BtfKind.Union => "union", _ => "enum" };
}
