// SPDX-License-Identifier: MIT
using Ruche.Bpf.Objects.Diagnostics;

namespace Ruche.Bpf.Objects.Btf;

public sealed partial class BtfSpec
{
    /// <summary>How many modifiers, typedefs and array dimensions may be stacked; real types stay far below.</summary>
    internal const int MaxDepth = 64;

    /// <summary>The id behind <c>const</c>, <c>volatile</c>, <c>restrict</c> and type tags.</summary>
    public int SkipModifiers(int id) => Skip(id, typedefs: false);

    /// <summary>The id behind modifiers and typedefs: what the type really is.</summary>
    public int Resolve(int id) => Skip(id, typedefs: true);

    /// <summary>Bytes a value of the type takes. Throws <see cref="InvalidObjectException"/> for a type without a size.</summary>
    public int SizeOf(int id)
    {
        long size = TrySizeOf(id);
        if (size < 0) _source.Throw(BtfDiagnostics.NoSize, $"type {id}, {TypeNameOf(id)}, has no size", 0);
        if (size > int.MaxValue) _source.Throw(BtfDiagnostics.BadType, $"type {id}, {TypeNameOf(id)}, is larger than {int.MaxValue} bytes", 0);
        return (int)size;
    }

    /// <summary>Bytes a value of the type takes; false for void, functions and types that are only declared here.</summary>
    public bool TrySizeOf(int id, out int size)
    {
        long found = TrySizeOf(id);
        size = found is >= 0 and <= int.MaxValue ? (int)found : 0;
        return found is >= 0 and <= int.MaxValue;
    }

    /// <summary>The alignment a compiler gives the type; 1 for a packed struct and for types without a size.</summary>
    public int AlignmentOf(int id) => new BtfAlignment(this).Of(id);

    /// <summary>The member as a bit field where an old compiler has put offset and size into an integer type of its own.</summary>
    internal BtfMember AsBitField(BtfMember member)
    {
        var field = AsBitField(new BtfField(0, member.Type, member.BitOffset, member.BitSize));
        return member with { BitOffset = field.BitOffset, BitSize = field.BitSize };
    }

    /// <inheritdoc cref="AsBitField(BtfMember)"/>
    internal BtfField AsBitField(BtfField field)
    {
        if (field.BitSize != 0) return field;
        int type = Resolve(field.Type);
        return KindOf(type) is BtfKind.Int && this[type] is BtfType.Int x && x.Bits > 0 && x.Bits < x.Size * 8L
            ? field with { BitOffset = field.BitOffset + x.BitOffset, BitSize = x.Bits }
            : field;
    }

    /// <summary>The id a modifier, typedef, pointer, variable, function or tag refers to.</summary>
    internal int TargetOf(int id) => (int)SizeOrTypeOf(id);

    private int Skip(int id, bool typedefs)
    {
        int start = id;
        for (int depth = 0; depth < MaxDepth; depth++)
        {
            var kind = KindOf(id);
            bool skipped = kind is BtfKind.Const or BtfKind.Volatile or BtfKind.Restrict or BtfKind.TypeTag
                || (typedefs && kind is BtfKind.Typedef);
            if (!skipped) return id;
            id = TargetOf(id);
        }
        throw Endless(start);
    }

    private long TrySizeOf(int id)
    {
        int start = id;
        long count = 1;
        for (int depth = 0; depth < MaxDepth; depth++)
        {
            id = Resolve(id);
            switch (KindOf(id))
            {
                case BtfKind.Pointer:
                    return Times(count, PointerSize);
                case BtfKind.Int or BtfKind.Struct or BtfKind.Union or BtfKind.Enum or BtfKind.Enum64 or BtfKind.Float or BtfKind.DataSection:
                    return Times(count, SizeOrTypeOf(id));
                case BtfKind.Array:
                    var (element, elements) = ArrayAt(id);
                    count = Times(count, elements);
                    id = element;
                    break;
                case BtfKind.Variable:
                    id = TargetOf(id);
                    break;
                default:
                    return -1;
            }
        }
        throw Endless(start);
    }

    // Saturates just above what a size may be, so that no nesting of arrays overflows.
    private static long Times(long count, long size) => Math.Min(count * size, int.MaxValue + 1L);

    internal InvalidObjectException Endless(int id) => new(_source.Error(
        BtfDiagnostics.Cycle, $"type {id} refers to itself, or nests deeper than {MaxDepth} types", 0, "the image is corrupt"));
}
