// SPDX-License-Identifier: MIT
using System.Collections.Immutable;
using Ruche.Bpf.Objects.Btf;

namespace Ruche.Trace.Types;

/// <content>What ids stand for.</content>
internal sealed partial class TypeCatalog
{
    // Deeper than any type that a compiler wrote.
    private const int MostNesting = 64;

    /// <summary>The type of an id. Pointers are those of the catalog's own space unless they are marked as those of processes.</summary>
    public TraceType Of(int id) => Of(id, 0);

    /// <summary>The layout of a structure or union by its id.</summary>
    public RecordLayout RecordOf(int id) => RecordOf(id, Types!.NameOf(id));

    /// <summary>A number of so many bytes; bytes when no register holds so many.</summary>
    public static TraceType NumberOf(int bytes, bool isSigned) => bytes is 1 or 2 or 4 or 8
        ? new TraceType.Integer(bytes, isSigned)
        : new TraceType.Array(new TraceType.Integer(1, false), bytes);

    private TraceType Of(int id, int depth)
    {
        var types = Types!;
        int real = types.Resolve(id);
        switch (depth > MostNesting ? BtfKind.Void : types.KindOf(real))
        {
            case BtfKind.Int:
                var number = (BtfType.Int)types[real];
                return number.Encoding.HasFlag(IntEncoding.Bool) ? TraceType.Bool : NumberOf(number.Size, number.Encoding.HasFlag(IntEncoding.Signed));
            case BtfKind.Float:
                return NumberOf(((BtfType.Float)types[real]).Size, isSigned: false);
            case BtfKind.Enum or BtfKind.Enum64:
                return new TraceType.Enumeration(EnumOf(real));
            case BtfKind.Struct or BtfKind.Union:
                return new TraceType.Record(RecordOf(real, NameOf(id, real)));
            case BtfKind.Forward:
                return DefinitionOf(real);
            case BtfKind.Pointer:
                int target = ((BtfType.Pointer)types[real]).Target;
                return new TraceType.Pointer(Of(target, depth + 1), IsUsers(target) ? MemorySpace.User : Space);
            case BtfKind.Array:
                var array = (BtfType.Array)types[real];
                return IsCharacter(array.Element) && array.Count > 0
                    ? new TraceType.Text(array.Count)
                    : new TraceType.Array(Of(array.Element, depth + 1), array.Count);
            default:
                return TraceType.None;
        }
    }

    /// <summary>A structure without a name of its own is called by the typedef that leads to it.</summary>
    private string NameOf(int id, int real)
    {
        var types = Types!;
        string name = types.NameOf(real);
        return name.Length == 0 && types.SkipModifiers(id) is var named && named != real ? types.NameOf(named) : name;
    }

    // A structure of the kernel is the same one for its modules.
    private RecordLayout RecordOf(int id, string name) => KernelOf(id) is { } kernel ? kernel.RecordOf(id, name) : _records.GetOrAdd(id, static (id, x) =>
    {
        var type = (BtfType.Composite)x.Catalog.Types![id];
        string keyword = type.IsUnion ? "union" : "struct";
        string shown = type.Name.Length > 0 ? $"{keyword} {x.Name}" : x.Name.Length > 0 ? x.Name : keyword;
        return new(shown, type.IsUnion, type.Size, () => x.Catalog.MembersOf(type));
    }, (Catalog: this, Name: name));

    private EnumLayout EnumOf(int id) => KernelOf(id) is { } kernel ? kernel.EnumOf(id) : _enums.GetOrAdd(id, static (id, catalog) =>
    {
        var type = (BtfType.Enum)catalog.Types![id];
        string name = type.Name.Length > 0 ? $"enum {type.Name}" : "enum";
        return new(name, type.Size, type.IsSigned, [.. type.Values.Select(v => (v.Name, (long)v.Value))]);
    }, this);

    /// <summary>Who knows an id that a module did not add; null for this catalog.</summary>
    private TypeCatalog? KernelOf(int id) => id < Types!.FirstId ? _kernel : null;

    /// <summary>What is only declared here may be defined elsewhere in the same set.</summary>
    private TraceType.Record DefinitionOf(int id)
    {
        var types = Types!;
        string name = types.NameOf(id);
        bool isUnion = ((BtfType.Forward)types[id]).IsUnion;
        if (types.TryFind(isUnion ? BtfKind.Union : BtfKind.Struct, name, out int definition)) return new(RecordOf(definition));
        return new(_records.GetOrAdd(id, static (_, x) => new($"{(x.IsUnion ? "union" : "struct")} {x.Name}", x.IsUnion, 0, () => []), (Name: name, IsUnion: isUnion)));
    }

    /// <summary>Whether what a pointer leads to is marked as memory of processes.</summary>
    private bool IsUsers(int id)
    {
        var types = Types!;
        while (types[id] is BtfType.TypeTag tag)
        {
            if (tag.Name == "user") return true;
            id = tag.Target;
        }

        return false;
    }

    private bool IsCharacter(int id)
    {
        var types = Types!;
        return types[types.Resolve(id)] is BtfType.Int { Size: 1, Name: "char" };
    }

    private ImmutableArray<RecordMember> MembersOf(BtfType.Composite type)
    {
        var members = ImmutableArray.CreateBuilder<RecordMember>(type.Members.Length);
        AddMembers(type, 0, type.Size, members, 0);
        return members.DrainToImmutable();
    }

    private void AddMembers(BtfType.Composite type, int start, int size, ImmutableArray<RecordMember>.Builder members, int depth)
    {
        var types = Types!;
        foreach (var member in type.Members)
        {
            if (member.Name.Length > 0) members.Add(MemberOf(member, start, size));
            else if (depth < MostNesting && types[types.Resolve(member.Type)] is BtfType.Composite inner)
                AddMembers(inner, start + (member.BitOffset / 8), size, members, depth + 1);
        }
    }

    private RecordMember MemberOf(BtfMember member, int start, int size)
    {
        var type = Of(member.Type);
        int at = (start * 8) + member.BitOffset, bits = member.BitSize;
        var types = Types!;
        // Old compilers tell of bit fields by integers of their own.
        if (bits == 0 && types[types.Resolve(member.Type)] is BtfType.Int { Bits: > 0 } number && number.Bits < number.Size * 8)
        {
            bits = number.Bits;
            at += number.BitOffset;
        }

        if (bits == 0) return new(member.Name, type, at / 8);
        int unit = ValueLayout.SizeOf(type);
        int offset = at / (unit * 8) * unit;
        if (at - (offset * 8) + bits <= unit * 8 && offset + unit <= size) return new(member.Name, type, offset, at - (offset * 8), bits);

        // In a packed structure no number of its type holds the field: the narrowest that does.
        int needed = ((at % 8) + bits + 7) / 8;
        bool isSigned = type is TraceType.Integer { IsSigned: true };
        return new(member.Name, NumberOf((int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)needed), isSigned), at / 8, at % 8, bits);
    }
}
