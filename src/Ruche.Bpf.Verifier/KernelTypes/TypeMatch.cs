// SPDX-License-Identifier: MIT
using Ruche.Bpf.Objects.Btf;
using Ruche.Bpf.Verifier.Values;

namespace Ruche.Bpf.Verifier.KernelTypes;

/// <summary>Whether an object is of a type, or begins with one: a <c>struct tcp_sock</c> is a <c>struct sock</c> too.</summary>
internal static class TypeMatch
{
    /// <summary>Whether an object of one type is, at an offset of it, of another type.</summary>
    public static bool Is(TypeReference type, TypeReference wanted, int offset = 0, bool isStrict = false)
    {
        if (!type.IsKnown || !wanted.IsKnown) return false;
        int id = type.Types.Resolve(type.Id);
        while (true)
        {
            if (offset == 0 && IsSame(type.Types, id, wanted)) return true;
            if (isStrict) return false;
            if (Inner(type.Types, id, ref offset) is not { } inner) return false;
            id = inner;
        }
    }

    private static bool IsSame(BtfSpec types, int id, TypeReference wanted)
    {
        int other = wanted.Types.Resolve(wanted.Id);
        if (ReferenceEquals(types, wanted.Types)) return id == other;
        return types.KindOf(id) == wanted.Types.KindOf(other) && types.NameOf(id) == wanted.Types.NameOf(other) && types.NameOf(id).Length > 0;
    }

    private static int? Inner(BtfSpec types, int id, ref int offset)
    {
        if (types[id] is not BtfType.Composite composite) return null;
        foreach (var member in composite.Members)
        {
            int start = member.BitOffset / 8;
            if (member.BitSize != 0 || !types.TrySizeOf(member.Type, out int size) || offset < start || offset >= start + size) continue;
            int type = types.Resolve(member.Type);
            if (types.KindOf(type) is not (BtfKind.Struct or BtfKind.Union)) return null;
            offset -= start;
            return type;
        }

        return null;
    }
}
