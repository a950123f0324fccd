// SPDX-License-Identifier: MIT
using System.Diagnostics;

namespace Ruche.Bpf.Objects.Btf;

/// <summary>Compares types by everything but what they refer to.</summary>
internal static class BtfShape
{
    public static bool AreEqual(BtfType left, BtfType right)
    {
        if (left.GetType() != right.GetType() || left.Name != right.Name) return false;
        return (left, right) switch
        {
            (BtfType.Composite x, BtfType.Composite y) => x.IsUnion == y.IsUnion && x.Size == y.Size
                && x.Members.Select(m => m with { Type = 0 }).SequenceEqual(y.Members.Select(m => m with { Type = 0 })),
            (BtfType.Enum x, BtfType.Enum y) => x.Size == y.Size && x.IsSigned == y.IsSigned && x.Is64 == y.Is64 && x.Values.SequenceEqual(y.Values),
            (BtfType.FunctionPrototype x, BtfType.FunctionPrototype y) => x.Parameters.Select(p => p.Name).SequenceEqual(y.Parameters.Select(p => p.Name)),
            (BtfType.Variable or BtfType.DataSection, _) => false,
            _ => BtfReferences.Map(left, _ => 0).Equals(BtfReferences.Map(right, _ => 0)),
        };
    }

    public static int Hash(BtfType type) => HashCode.Combine(type.GetType(), type.Name, type switch
    {
        BtfType.Composite x => HashCode.Combine(x.Size, x.Members.Length, x.Members.IsEmpty ? 0 : x.Members[0].Name.GetHashCode(StringComparison.Ordinal)),
        BtfType.Enum x => HashCode.Combine(x.Values.Length, x.Values.IsEmpty ? 0 : x.Values[0].Name.GetHashCode(StringComparison.Ordinal)),
        BtfType.FunctionPrototype x => HashPrototype(x),
        BtfType.Int x => HashCode.Combine(x.Size, x.Encoding, x.Bits),
        BtfType.Array x => x.Count,
        BtfType.DeclTag x => x.Component,
        BtfType.Void or BtfType.Pointer or BtfType.Forward or BtfType.Typedef or BtfType.Volatile or BtfType.Const or BtfType.Restrict
            or BtfType.Function or BtfType.Variable or BtfType.DataSection or BtfType.Float or BtfType.TypeTag => 0,
        _ => throw new UnreachableException($"no case for {type.GetType().Name}"),
    });

    private static int HashPrototype(BtfType.FunctionPrototype type)
    {
        HashCode hash = default;
        foreach (var parameter in type.Parameters) hash.Add(parameter.Name);
        return hash.ToHashCode();
    }
}
