// SPDX-License-Identifier: MIT
using System.Collections.Immutable;
using System.Diagnostics;

namespace Ruche.Bpf.Objects.Btf;

/// <summary>The ids a type refers to, and the same type with other ids.</summary>
internal static class BtfReferences
{
    /// <summary>The type with every id replaced by the entry of <paramref name="ids"/> at it.</summary>
    public static BtfType Map(BtfType type, int[] ids, BtfSpec spec) => Map(type, id =>
    {
        if ((uint)id >= (uint)ids.Length)
            spec.Throw(BtfDiagnostics.BadTypeId, $"'{type.Name}' refers to type {(uint)id}, expected less than {ids.Length}", "the image is corrupt");
        return ids[id];
    });

    public static BtfType Map(BtfType type, Func<int, int> map) => type switch
    {
        BtfType.Pointer x => x with { Target = map(x.Target) },
        BtfType.Array x => x with { Element = map(x.Element), Index = map(x.Index) },
        BtfType.Composite x => x with { Members = Each(x.Members, m => m with { Type = map(m.Type) }) },
        BtfType.Typedef x => x with { Target = map(x.Target) },
        BtfType.Volatile x => x with { Target = map(x.Target) },
        BtfType.Const x => x with { Target = map(x.Target) },
        BtfType.Restrict x => x with { Target = map(x.Target) },
        BtfType.Function x => x with { Prototype = map(x.Prototype) },
        BtfType.FunctionPrototype x => x with { Return = map(x.Return), Parameters = Each(x.Parameters, p => p with { Type = map(p.Type) }) },
        BtfType.Variable x => x with { Target = map(x.Target) },
        BtfType.DataSection x => x with { Variables = Each(x.Variables, v => v with { Type = map(v.Type) }) },
        BtfType.DeclTag x => x with { Target = map(x.Target) },
        BtfType.TypeTag x => x with { Target = map(x.Target) },
        BtfType.Void or BtfType.Int or BtfType.Float or BtfType.Enum or BtfType.Forward => type,
        _ => throw new UnreachableException($"no case for {type.GetType().Name}"),
    };

    /// <summary>The ids a type refers to, in the order they are stored.</summary>
    public static IEnumerable<int> Of(BtfType type) => type switch
    {
        BtfType.Pointer x => [x.Target],
        BtfType.Array x => [x.Element, x.Index],
        BtfType.Composite x => x.Members.Select(m => m.Type),
        BtfType.Typedef x => [x.Target],
        BtfType.Volatile x => [x.Target],
        BtfType.Const x => [x.Target],
        BtfType.Restrict x => [x.Target],
        BtfType.Function x => [x.Prototype],
        BtfType.FunctionPrototype x => x.Parameters.Select(p => p.Type).Prepend(x.Return),
        BtfType.Variable x => [x.Target],
        BtfType.DataSection x => x.Variables.Select(v => v.Type),
        BtfType.DeclTag x => [x.Target],
        BtfType.TypeTag x => [x.Target],
        BtfType.Void or BtfType.Int or BtfType.Float or BtfType.Enum or BtfType.Forward => [],
        _ => throw new UnreachableException($"no case for {type.GetType().Name}"),
    };

    private static ImmutableArray<T> Each<T>(ImmutableArray<T> items, Func<T, T> change) => ImmutableArray.CreateRange(items, change);
}
