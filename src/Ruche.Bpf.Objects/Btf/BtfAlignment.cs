// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Objects.Btf;

/// <summary>
/// Finds alignments. BTF does not record them, so a struct's is that of its most aligned member, or 1 when its layout shows that it
/// is packed. What has been found for a struct is kept, so shared members cost once. Not thread-safe.
/// </summary>
internal sealed class BtfAlignment(BtfSpec spec)
{
    private const int MaxNatural = 16;
    private const int Pending = 0;

    private readonly Dictionary<int, int> _found = [];
    private readonly HashSet<int> _packed = [];

    public int Of(int id) => Of(id, 0);

    /// <summary>Whether a struct or union is laid out as no compiler would without being told to pack it.</summary>
    public bool IsPacked(int id)
    {
        Of(id);
        return _packed.Contains(id);
    }

    private int Of(int id, int depth)
    {
        if (depth > BtfSpec.MaxDepth) throw spec.Endless(id);
        id = spec.Resolve(id);
        return spec.KindOf(id) switch
        {
            BtfKind.Pointer => BtfSpec.PointerSize,
            BtfKind.Int or BtfKind.Enum or BtfKind.Enum64 or BtfKind.Float => Natural(spec.SizeOrTypeOf(id)),
            BtfKind.Array => Of(spec.ArrayAt(id).Element, depth + 1),
            BtfKind.Variable => Of(spec.TargetOf(id), depth + 1),
            BtfKind.Struct or BtfKind.Union => OfComposite(id, depth),
            _ => 1,
        };
    }

    private static int Natural(uint size) => size switch
    {
        <= 1 => 1,
        2 => 2,
        <= 4 => 4,
        <= 8 => 8,
        _ => MaxNatural,
    };

    private int OfComposite(int id, int depth)
    {
        if (_found.TryGetValue(id, out int known)) return known is Pending ? throw spec.Endless(id) : known;
        _found[id] = Pending;
        int alignment = 1;
        bool packed = false;
        int length = spec.LengthOf(id);
        for (int i = 0; i < length; i++)
        {
            var field = spec.AsBitField(spec.FieldAt(id, i));
            int own = Of(field.Type, depth + 1);
            alignment = Math.Max(alignment, own);
            packed |= field.BitSize == 0 ? field.BitOffset % (8 * own) != 0 : Straddles(field);
        }
        packed |= spec.SizeOrTypeOf(id) % alignment != 0;
        if (packed) _packed.Add(id);
        return _found[id] = packed ? 1 : alignment;
    }

    /// <summary>Whether a bit field crosses the boundary of a unit of its type.</summary>
    private bool Straddles(BtfField field)
    {
        if (!spec.TrySizeOf(field.Type, out int size) || size == 0) return false;
        long unit = size * 8L;
        return field.BitOffset / unit != (field.BitOffset + field.BitSize - 1) / unit;
    }
}
