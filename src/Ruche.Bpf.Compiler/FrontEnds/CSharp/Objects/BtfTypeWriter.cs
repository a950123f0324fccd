// SPDX-License-Identifier: MIT
using System.Collections.Immutable;
using Ruche.Bpf.Compiler.FrontEnds.CSharp.Types;
using Ruche.Bpf.Objects.Btf;

namespace Ruche.Bpf.Compiler.FrontEnds.CSharp.Objects;

/// <summary>Writes types of C# as BTF.</summary>
internal sealed class BtfTypeWriter(IReadOnlyDictionary<string, Dictionary<string, BtfMember>> bitFields)
{
    private readonly BtfBuilder _types = new();
    private readonly Dictionary<string, int> _known = new(StringComparer.Ordinal);

    public BtfSpec Build() => _types.Build();

    public string NameOf(int type) => _types[type].Name;

    public int Add(string name, StructShape shape)
    {
        if (_known.TryGetValue(name, out int known)) return known;
        int id = _known[name] = _types.Reserve();
        bool isUnion = shape.KernelName?.StartsWith("union ", StringComparison.Ordinal) ?? false;
        IEnumerable<BtfMember> members = shape.Fields.Select(f => new BtfMember(f.Name, f.Tag is { } tag ? Tagged(tag, f.Type) : Add(shape.KernelName is null ? f.Type : Plain(f.Type)), f.Offset * 8, 0));
        if (bitFields.TryGetValue(name, out var bits)) members = members.Concat(bits.Values.Select(m => m with { Type = Integer(m.Type, false) }));
        BtfType.Composite written = new(isUnion, shape.Size, [.. members.OrderBy(m => m.BitOffset)]) { Name = shape.KernelName is "" ? "" : shape.BtfName ?? Identifier(name) };
        _types[id] = written;
        foreach (var field in shape.Fields)
        {
            if (field.Contains is { } contained) AddContained(id, written.Members.Select(m => m.Name).ToList().IndexOf(field.Name), contained);
        }

        return id;
    }

    // A struct that keeps one number to itself, such as NetworkUInt16, is that number to the kernel; one that shows it is a struct there too, such as atomic_t.
    private static ClrType Plain(ClrType type) =>
        type is ClrType.Struct { Shape: { KernelName: null, BtfName: null, Count: 0, Fields: [{ IsPrivate: true } only] } shape } && only.Type.Size == shape.Size && Plain(only.Type) is ClrType.Number number ? number : type;

    // The kernel finds what a list or a tree is of by these names.
    private void AddContained(int holder, int member, (ClrType Type, string Field) contained)
    {
        int type = Add(contained.Type);
        _types.Add(new BtfType.DeclTag(holder, member) { Name = $"contains:{_types[type].Name}:{contained.Field}" });
    }

    public void Add(string name, int size, SortedDictionary<string, ulong> values) =>
        _known[name] = _types.Add(new BtfType.Enum(size, false, size == 8, [.. values.Select(v => new BtfEnumerator(v.Key, v.Value))]) { Name = name });

    /// <summary>The id of a type.</summary>
    public int Add(ClrType type) => type switch
    {
        ClrType.Number { Name: "bool" } => Integer("bool", 8, IntEncoding.Bool),
        ClrType.Number x => Integer(x.Bits, x.IsSigned),
        ClrType.Struct { Shape: { Count: > 0 } array } => AddArray(array),
        ClrType.Struct { Shape: var shape } => Add(shape.KernelName is { Length: > 0 } name ? KernelTypeTable.Plain(name) : shape.Name, shape),
        ClrType.Other { Bytes: > 0 } x => Fraction(x.Name, x.Bytes),
        ClrType.FunctionPointer { Signature.IsEmpty: false } => Declared(type),
        _ => Pointer(),
    };

    /// <summary>A function of the kernel, as C# declares it.</summary>
    public void AddFunction(string name, ImmutableArray<ClrType> signature) => _types.Add(new BtfType.Function(Prototype(signature), BtfLinkage.Extern) { Name = name });

    private int Prototype(ImmutableArray<ClrType> signature) =>
        _types.Add(new BtfType.FunctionPrototype(Declared(signature[0]), [.. signature.Skip(1).Select((t, i) => new BtfParameter($"a{i}", Declared(t)))]));

    // Of structs behind pointers, the name is enough; only the kernel's own have one that it knows.
    private int Declared(ClrType type) => type switch
    {
        ClrType.Void => 0,
        ClrType.Address { Target: var target } => _types.Add(new BtfType.Pointer(Declared(target))),
        ClrType.FunctionPointer { Signature: { IsEmpty: false } signature } => _types.Add(new BtfType.Pointer(Prototype(signature))),
        ClrType.Struct { Shape: { BtfName: { } name } } => _types.Add(new BtfType.Forward(IsUnion: false) { Name = name }),
        ClrType.Struct { Shape: { KernelName: { Length: > 0 } name } } => _types.Add(new BtfType.Forward(name.StartsWith("union ", StringComparison.Ordinal)) { Name = KernelTypeTable.Plain(name) }),
        ClrType.Struct => 0,
        _ => Add(type),
    };

    /// <summary>A section of global variables.</summary>
    public int AddSection(string name, int size, IEnumerable<(string Name, DataPlace Place, ClrType Type)> variables) => _types.Add(new BtfType.DataSection(size, [
        .. variables.OrderBy(v => v.Place.Offset).Select(v => new BtfSectionVariable(_types.Add(new BtfType.Variable(Add(v.Type), BtfLinkage.Global) { Name = Identifier(v.Name) }), v.Place.Offset, v.Type.Size)),
    ])
    { Name = name });

    // The kernel takes names as C has them; of a type in a namespace or in another type the last part stays.
    private static string Identifier(string name)
    {
        int generic = name.IndexOf('<', StringComparison.Ordinal);
        string plain = generic < 0 ? name : name[..generic];
        plain = plain[(plain.LastIndexOfAny(['.', '+']) + 1)..];
        return string.Concat(plain.Select(c => char.IsAsciiLetterOrDigit(c) || c == '_' ? c : '_'));
    }

    private int AddArray(StructShape shape)
    {
        string key = $"{shape.Name}[]";
        if (_known.TryGetValue(key, out int known)) return known;
        int element = shape.Fields[0] is { Tag: { } name, Type: ClrType.Number number } ? Integer(name, number.Bits, IntEncoding.None) : Add(shape.Fields[0].Type);
        return _known[key] = _types.Add(new BtfType.Array(element, Integer(32, false), shape.Count));
    }

    // The kernel finds what a tagged pointer leads to by the name of its type.
    private int Tagged(string tag, ClrType type) => _types.Add(new BtfType.Pointer(_types.Add(new BtfType.TypeTag(type is ClrType.Address { Target: ClrType.Struct target } ? Add(target) : 0) { Name = tag })));

    private int Fraction(string name, int bytes) => _known.TryGetValue(name, out int known) ? known : _known[name] = _types.Add(new BtfType.Float(bytes) { Name = name });

    private int Pointer() => _known.TryGetValue("*", out int known) ? known : _known["*"] = _types.Add(new BtfType.Pointer(0));

    private int Integer(int bits, bool isSigned) => (bits, isSigned) switch
    {
        (8, true) => Integer("signed char", 8, IntEncoding.Signed),
        (8, false) => Integer("unsigned char", 8, IntEncoding.None),
        (16, true) => Integer("short", 16, IntEncoding.Signed),
        (16, false) => Integer("unsigned short", 16, IntEncoding.None),
        (32, true) => Integer("int", 32, IntEncoding.Signed),
        (32, false) => Integer("unsigned int", 32, IntEncoding.None),
        (_, true) => Integer("long long", 64, IntEncoding.Signed),
        _ => Integer("unsigned long long", 64, IntEncoding.None),
    };

    private int Integer(string name, int bits, IntEncoding encoding)
    {
        string key = $"int {name}";
        return _known.TryGetValue(key, out int known) ? known : _known[key] = _types.Add(new BtfType.Int(bits / 8, encoding, 0, bits) { Name = name });
    }
}
