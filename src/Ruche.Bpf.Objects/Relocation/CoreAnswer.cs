// SPDX-License-Identifier: MIT
using Ruche.Bpf.Objects.Btf;

namespace Ruche.Bpf.Objects.Relocation;

/// <summary>What one set of types answers to a relocation.</summary>
/// <param name="Value">The constant; null when there is no answer.</param>
/// <param name="IsChecked">Whether the instruction must hold the local answer before it is changed.</param>
/// <param name="FieldSize">For an offset of a whole field: how many bytes a load of it takes; 0 otherwise.</param>
/// <param name="FieldType">The field's type when <paramref name="FieldSize"/> is given.</param>
internal readonly record struct CoreAnswer(ulong? Value, bool IsChecked, int FieldSize = 0, int FieldType = 0)
{
    /// <summary>Answers for a path, or for the lack of one.</summary>
    public static CoreAnswer Of(CorePath? path, CoreRelocationKind kind) => kind switch
    {
        CoreRelocationKind.FieldExists or CoreRelocationKind.TypeExists or CoreRelocationKind.TypeMatches
            or CoreRelocationKind.EnumValueExists => new(path is null ? 0u : 1u, IsChecked: false),
        CoreRelocationKind.TypeIdLocal or CoreRelocationKind.TypeIdTarget => new((ulong)(path?.Root ?? 0), IsChecked: false),
        CoreRelocationKind.TypeSize => new(path is null ? 0 : SizeOf(path, path.Root), IsChecked: path is not null),
        _ when path is null => default,
        CoreRelocationKind.EnumValue => new(((BtfType.Enum)path.Btf[path.Last.Type]).Values[path.Last.Index].Value, IsChecked: true),
        _ when path.Last.Field is null => OfElement(path, kind),
        _ => OfField(path, kind),
    };

    private static ulong? SizeOf(CorePath path, int type) => path.Btf.TrySizeOf(type, out int size) ? (ulong)size : null;

    private static CoreAnswer OfElement(CorePath path, CoreRelocationKind kind)
    {
        if (SizeOf(path, path.Last.Type) is not { } size) return default;
        return kind switch
        {
            CoreRelocationKind.FieldByteOffset => new((ulong)(path.BitOffset / 8), IsChecked: true, (int)size, path.Last.Type),
            CoreRelocationKind.FieldByteSize => new(size, IsChecked: true),
            _ => default,
        };
    }

    private static CoreAnswer OfField(CorePath path, CoreRelocationKind kind)
    {
        var btf = path.Btf;
        var member = ((BtfType.Composite)btf[path.Last.Type]).Members[path.Last.Index];
        int type = btf.Resolve(member.Type);
        int bits = member.BitSize;
        if (bits == 0 && btf[type] is BtfType.Int { Bits: > 0 } old && (old.BitOffset != 0 || old.Bits < old.Size * 8)) bits = old.Bits;
        bool isBitField = bits > 0;
        if (SizeOf(path, type) is not { } size) return default;
        long byteOffset = path.BitOffset / 8;
        if (isBitField)
        {
            if (!TryPlace(path.BitOffset, bits, ref size, out byteOffset)) return default;
        }
        else
        {
            bits = (int)Math.Min(size * 8, int.MaxValue);
        }

        return kind switch
        {
            CoreRelocationKind.FieldByteOffset when isBitField => new((ulong)byteOffset, IsChecked: false),
            CoreRelocationKind.FieldByteOffset => new((ulong)byteOffset, IsChecked: true, ElementSize(btf, type), type),
            CoreRelocationKind.FieldByteSize => new(size, IsChecked: !isBitField),
            CoreRelocationKind.FieldSigned => new(IsSigned(btf[type]) ? 1u : 0u, IsChecked: true),
            CoreRelocationKind.FieldLeftShift when btf.ByteOrder is ByteOrder.Little =>
                new((ulong)(64 - (path.BitOffset + bits - byteOffset * 8)), IsChecked: !isBitField),
            CoreRelocationKind.FieldLeftShift =>
                new((ulong)((8 - (long)size) * 8 + (path.BitOffset - byteOffset * 8)), IsChecked: !isBitField),
            CoreRelocationKind.FieldRightShift => new((ulong)(64 - bits), IsChecked: true),
            _ => default,
        };
    }

    // The smallest aligned load that holds all bits of the field.
    private static bool TryPlace(long bitOffset, int bits, ref ulong size, out long byteOffset)
    {
        byteOffset = 0;
        if (size is 0 or > 8) return false;
        byteOffset = bitOffset / 8 / (long)size * (long)size;
        while (bitOffset + bits - byteOffset * 8 > (long)size * 8)
        {
            if (size >= 8) return false;
            size *= 2;
            byteOffset = bitOffset / 8 / (long)size * (long)size;
        }

        return true;
    }

    // A load takes one element of an array, not all of it.
    private static int ElementSize(BtfSpec btf, int type)
    {
        for (int depth = 0; depth < BtfSpec.MaxDepth && btf[type] is BtfType.Array array; depth++) type = btf.Resolve(array.Element);
        return btf.TrySizeOf(type, out int size) ? size : 0;
    }

    private static bool IsSigned(BtfType type) => type switch
    {
        BtfType.Int x => (x.Encoding & IntEncoding.Signed) != 0,
        BtfType.Enum x => x.IsSigned,
        _ => false,
    };
}
