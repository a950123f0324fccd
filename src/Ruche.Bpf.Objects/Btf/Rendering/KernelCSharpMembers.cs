// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Objects.Btf.Rendering;

/// <summary>Finds the members of structs and unions, and at their places those of the anonymous ones inside.</summary>
internal sealed class KernelCSharpMembers(BtfSpec spec)
{
    private const int MaxNesting = 16;

    // Anonymous types are read wherever they are used, which hostile ones can multiply without end.
    private long _allowance = 100_000 + 64L * spec.Count;

    /// <summary>The members of a type; none for an enumeration.</summary>
    public List<KernelCSharpMember> Of(int id)
    {
        List<KernelCSharpMember> members = [];
        if (spec[id] is BtfType.Composite type) Add(members, type, 0, 0);
        return members;
    }

    private void Add(List<KernelCSharpMember> members, BtfType.Composite type, long start, int depth)
    {
        if (depth > MaxNesting) spec.Throw(BtfDiagnostics.Cycle, $"'{type.Name}' nests anonymous types deeper than {MaxNesting}");
        _allowance -= type.Members.Length + 1;
        if (_allowance < 0) spec.Throw(BtfDiagnostics.BadType, "expected fewer uses of anonymous types", "the image is corrupt");
        foreach (var stored in type.Members)
        {
            var member = spec.AsBitField(stored);
            long bit = start + member.BitOffset;
            if (member.Name.Length > 0) members.Add(new(member.Name, member.Type, bit, member.BitSize));
            else if (member.BitSize == 0 && spec[spec.Resolve(member.Type)] is BtfType.Composite inner) Add(members, inner, bit, depth + 1);
        }
    }
}
