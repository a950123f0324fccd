// SPDX-License-Identifier: MIT
using Ruche.Bpf.Objects.Btf;
using Ruche.Bpf.Verifier.Values;

namespace Ruche.Bpf.Verifier.KernelTypes;

/// <summary>Finds the field that an access to an object means, through nested structs, unions and arrays.</summary>
internal static class FieldWalk
{
    /// <summary>What so many bytes at an offset of a struct are. Objects with an open array at their end may be run over.</summary>
    /// <param name="types">The types.</param>
    /// <param name="id">The object's.</param>
    /// <param name="offset">Where in it.</param>
    /// <param name="size">How many bytes.</param>
    /// <param name="mayRunOver">Whether it may be one of several in an array.</param>
    /// <param name="seesUnions">Whether a field of a union may be run over, since another may be meant (Linux 6.6).</param>
    public static FieldWalkResult Find(BtfSpec types, int id, int offset, int size, bool mayRunOver, bool seesUnions)
    {
        var flags = ValueFlags.None;
        while (true)
        {
            id = types.Resolve(id);
            if (types[id] is not BtfType.Composite composite) return Refused(types, id, "is no struct");
            if (composite.IsUnion && composite.Members.Length != 1) flags |= ValueFlags.Untrusted;
            if (offset + size > composite.Size)
            {
                if (OpenArray(types, composite, mayRunOver, offset) is not { } open) return Refused(types, id, $"has {composite.Size} bytes, and {size} are accessed at {offset}");
                if (types.KindOf(open.Element) is BtfKind.Int) return new(FieldWalkKind.Number, id);
                if (types[open.Element] is not BtfType.Composite { Size: > 0 } element) return Refused(types, id, $"has {composite.Size} bytes, and {size} are accessed at {offset}");
                offset = (offset - open.Offset) % element.Size;
                id = open.Element;
                continue;
            }

            if (FindMember(types, composite, offset, size) is not { } member) return Refused(types, id, $"has no field at {offset}");
            if (member.Kind is MemberKind.BitField) return new(FieldWalkKind.Number, id, member.Name);
            if (types.KindOf(member.Type) is BtfKind.Struct or BtfKind.Union)
            {
                offset -= member.Offset;
                id = member.Type;
                continue;
            }

            if (types.KindOf(member.Type) is BtfKind.Pointer) return Pointer(types, id, member, offset, size, flags);
            if (offset + size > member.End && !(seesUnions && (flags & ValueFlags.Untrusted) != 0))
                return Refused(types, id, $"{member.Name} ends at {member.End}, and {size} bytes are accessed at {offset}");
            return new(FieldWalkKind.Number, id, member.Name);
        }
    }

    private static FieldWalkResult Refused(BtfSpec types, int id, string reason) => new(FieldWalkKind.Number, Refusal: $"struct {types.NameOf(id)} {reason}");

    private static (int Element, int Offset)? OpenArray(BtfSpec types, BtfType.Composite composite, bool mayRunOver, int offset)
    {
        if (!mayRunOver || composite.Members.IsEmpty) return null;
        var last = composite.Members[^1];
        if (types[types.Resolve(last.Type)] is not BtfType.Array { Count: 0 } array || offset < last.BitOffset / 8) return null;
        return (types.Resolve(array.Element), last.BitOffset / 8);
    }

    private static Member? FindMember(BtfSpec types, BtfType.Composite composite, int offset, int size)
    {
        foreach (var member in composite.Members)
        {
            int start = member.BitOffset / 8;
            if (offset + size <= start) return null;
            if (member.BitSize != 0)
            {
                int end = (member.BitOffset + member.BitSize + 7) / 8;
                if (offset <= start && end <= offset + size) return new(MemberKind.BitField, member.Name, 0, start, end);
                continue;
            }

            if (offset < start) return null;
            if (!types.TrySizeOf(member.Type, out int whole) || offset >= start + whole) continue;
            int type = types.Resolve(member.Type), one = whole, at = start;
            if (types.KindOf(type) is BtfKind.Array)
            {
                while (types[type] is BtfType.Array array) type = types.Resolve(array.Element);
                if (!types.TrySizeOf(type, out one) || one == 0) continue;
                at += (offset - start) / one * one;
            }

            return new(MemberKind.Whole, member.Name, type, at, start + whole) { Size = one };
        }

        return null;
    }

    private static FieldWalkResult Pointer(BtfSpec types, int owner, Member member, int offset, int size, ValueFlags flags)
    {
        if (member.Size != size || offset != member.Offset)
            return Refused(types, owner, $"keeps a pointer in {member.Name}, which must be read whole");
        int target = ((BtfType.Pointer)types[member.Type]).Target;
        while (true)
        {
            switch (types[target])
            {
                case BtfType.TypeTag tag:
                    flags |= tag.Name switch
                    {
                        "user" => ValueFlags.User,
                        "percpu" => ValueFlags.PerCpu,
                        "rcu" => ValueFlags.Rcu,
                        _ => ValueFlags.None,
                    };
                    target = tag.Target;
                    continue;
                case BtfType.Const or BtfType.Volatile or BtfType.Restrict or BtfType.Typedef:
                    target = types.SkipModifiers(target);
                    if (types[target] is BtfType.Typedef typedef) target = typedef.Target;
                    continue;
                case BtfType.Composite:
                    return new(FieldWalkKind.Pointer, owner, member.Name, target, flags);
                default:
                    return new(FieldWalkKind.OtherPointer, owner, member.Name);
            }
        }
    }

    private enum MemberKind : byte
    {
        Whole,
        BitField,
    }

    private readonly record struct Member(MemberKind Kind, string Name, int Type, int Offset, int End)
    {
        public int Size { get; init; }
    }
}
