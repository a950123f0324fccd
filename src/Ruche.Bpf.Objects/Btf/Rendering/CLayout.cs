// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Objects.Btf.Rendering;

/// <summary>Where a C compiler puts members. What has been found for a type is kept by its id.</summary>
internal sealed class CLayout(BtfSpec spec)
{
    private const int Unknown = 0;
    private const int None = 1;
    private const int Zero = 2;

    private readonly BtfAlignment _rules = new(spec);
    private readonly long[] _sizes = new long[spec.Count];
    private readonly byte[] _alignments = new byte[spec.Count];

    /// <summary>Whether a struct or union is laid out as no compiler would without being told to pack it.</summary>
    public bool IsPacked(int id) => _rules.IsPacked(id);

    public int AlignmentOf(int id)
    {
        if (_alignments[id] == Unknown) _alignments[id] = (byte)_rules.Of(id);
        return _alignments[id];
    }

    /// <summary>Bytes that a value takes; null for what has no size.</summary>
    public long? SizeOf(int id)
    {
        if (_sizes[id] == Unknown) _sizes[id] = spec.TrySizeOf(id, out int size) ? size + Zero : None;
        return _sizes[id] == None ? null : _sizes[id] - Zero;
    }

    public long BitsOf(BtfField field) => field.BitSize != 0 ? field.BitSize : (SizeOf(field.Type) ?? 0) * 8;

    /// <summary>Whether members follow each other within the type's size; C cannot say anything else.</summary>
    public bool IsSequential(BtfField[] fields, long size, bool isUnion)
    {
        long end = 0;
        foreach (var field in fields)
        {
            if (isUnion ? field.BitOffset != 0 : field.BitOffset < end) return false;
            end = field.BitOffset + BitsOf(field);
            if (end > size * 8) return false;
        }
        return true;
    }

    /// <summary>The bit at which the compiler puts a member that comes after <paramref name="at"/>.</summary>
    public long NaturalPlace(BtfField field, long at, bool isPacked)
    {
        if (field.BitSize == 0) return Align(at, isPacked ? 8 : AlignmentOf(field.Type) * 8L);
        long unit = SizeOf(field.Type) is > 0 and var size && !isPacked ? size * 8 : long.MaxValue;
        return at % unit + field.BitSize > unit ? Align(at, unit) : at;
    }

    public static long Align(long value, long alignment) => (value + alignment - 1) / alignment * alignment;
}
