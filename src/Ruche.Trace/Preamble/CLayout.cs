// SPDX-License-Identifier: MIT
using System.Collections.Immutable;
using Ruche.Trace.Types;

namespace Ruche.Trace.Preamble;

/// <summary>Lays types out as C compilers of the kernel's machines do, and finds what their members are.</summary>
internal sealed class CLayout(TypeCatalog types)
{
    private const int BitsOfByte = 8;

    private readonly Dictionary<RecordLayout, int> _alignments = [];

    private sealed record Placed(CMember Member, int Bit);

    /// <summary>The record that a struct or union is.</summary>
    /// <exception cref="CTypeException">A type that it is made of is not known.</exception>
    public RecordLayout RecordOf(CType.Composite type)
    {
        bool isUnion = type.Keyword == "union";
        List<Placed> placed = [];
        int bit = 0, largest = 0, alignment = type.Alignment;
        foreach (var member in type.Members)
        {
            var (size, own) = Measure(member);
            if (type.IsPacked) own = 1;
            if (isUnion) bit = 0;
            if (member.Bits is { } bits) bit = PlaceBits(placed, member, bit, bits, size, type.IsPacked);
            else
            {
                bit = ValueLayout.Align(bit, own * BitsOfByte);
                placed.Add(new(member, bit));
                bit += size * BitsOfByte;
            }

            if (member.Name != "") alignment = Math.Max(alignment, own);
            largest = Math.Max(largest, bit);
        }

        int whole = ValueLayout.Align((largest + BitsOfByte - 1) / BitsOfByte, alignment);
        RecordLayout record = new(type.Name is null ? $"{type.Keyword} without a name" : $"{type.Keyword} {type.Name}", isUnion, whole, () => MembersOf(placed));
        _alignments.Add(record, alignment);
        return record;
    }

    // A bit field does not cross a boundary of its type; one of no bits only ends the one before.
    private static int PlaceBits(List<Placed> placed, CMember member, int bit, int bits, int size, bool isPacked)
    {
        int unit = size * BitsOfByte;
        if (bits == 0) return ValueLayout.Align(bit, unit);
        if (!isPacked && bit / unit != (bit + bits - 1) / unit) bit = ValueLayout.Align(bit, unit);
        placed.Add(new(member, bit));
        return bit + bits;
    }

    private (int Size, int Alignment) Measure(CMember member)
    {
        var (size, alignment) = member.Pointers > 0 ? (sizeof(ulong), sizeof(ulong)) : Measure(member.Type);
        foreach (int count in member.Counts) size *= count;
        return (size, alignment);
    }

    private (int Size, int Alignment) Measure(CType type)
    {
        var found = TypeOf(type);
        return (ValueLayout.SizeOf(found), AlignmentOf(found));
    }

    private int AlignmentOf(TraceType type) => type switch
    {
        TraceType.Array x => AlignmentOf(x.Element),
        TraceType.Record { Layout: var x } => _alignments.TryGetValue(x, out int known) ? known : x.Members.IsEmpty ? 1 : x.Members.Max(m => AlignmentOf(m.Type)),
        _ => Math.Max(1, ValueLayout.AlignmentOf(type)),
    };

    private TraceType TypeOf(CType type) => type switch
    {
        CType.Named x => types.Find(x.Name) ?? throw new CTypeException($"there is no type '{x.Name}'", 0),
        CType.Tagged x => types.Find(x.Keyword, x.Name) ?? throw new CTypeException($"there is no '{x.Keyword} {x.Name}'", 0),
        CType.Composite x => new TraceType.Record(RecordOf(x)),
        _ => TraceType.UInt32,
    };

    private ImmutableArray<RecordMember> MembersOf(List<Placed> placed)
    {
        var members = ImmutableArray.CreateBuilder<RecordMember>(placed.Count);
        foreach (var (member, bit) in placed)
        {
            int offset = bit / BitsOfByte;
            if (member is { Name: null, Type: CType.Composite inner }) members.AddRange(RecordOf(inner).Members.Select(m => m with { Offset = m.Offset + offset }));
            else if (member.Name is null or "") continue;
            else if (member.Bits is { } bits) members.Add(BitField(member, bit, bits));
            else members.Add(new(member.Name, TypeOf(member), offset));
        }

        return members.ToImmutable();
    }

    private RecordMember BitField(CMember member, int bit, int bits)
    {
        var type = TypeOf(member.Type);
        int unit = ValueLayout.SizeOf(type) * BitsOfByte, start = bit / unit * unit;
        return new(member.Name!, type, start / BitsOfByte, bit - start, bits);
    }

    private TraceType TypeOf(CMember member)
    {
        var counts = member.Counts;
        var type = member.Pointers > 0 ? PointerTo(member) : TypeOf(member.Type);
        if (member is { Pointers: 0, Type: CType.Named { Name: "char" } } && counts is [.., > 0 and var length]) (type, counts) = (new TraceType.Text(length), counts[..^1]);
        for (int i = counts.Length - 1; i >= 0; i--) type = new TraceType.Array(type, counts[i]);
        return type;
    }

    // What is only pointed to need not be known.
    private TraceType PointerTo(CMember member)
    {
        TraceType type = member.Type is CType.Tagged x ? types.Find(x.Keyword, x.Name) ?? TraceType.None : TypeOf(member.Type);
        for (int i = 0; i < member.Pointers; i++) type = new TraceType.Pointer(type, MemorySpace.Kernel);
        return type;
    }
}
