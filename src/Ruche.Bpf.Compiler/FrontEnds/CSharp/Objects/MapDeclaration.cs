// SPDX-License-Identifier: MIT
using Ruche.Bpf.Compiler.FrontEnds.CSharp.Metadata;
using Ruche.Bpf.Compiler.FrontEnds.CSharp.Rules;
using Ruche.Bpf.Compiler.FrontEnds.CSharp.Types;
using Ruche.Bpf.Objects.Specs;

namespace Ruche.Bpf.Compiler.FrontEnds.CSharp.Objects;

/// <summary>What a field of a map type, with its attribute, says of the map.</summary>
internal static class MapDeclaration
{
    private const int Handle = 4;

    public static MapSpec Read(string name, ClrType.Map type, AttributeMark mark, BtfTypeWriter types)
    {
        var shape = type.Shape;
        foreach (var argument in shape.Arguments)
        {
            if (argument is ClrType.Other other) throw new CSharpException(DeclarationRefusals.MapType(name, other.Name));
        }

        if (MapRules.Find(name, (int)shape.Type, mark.Number("MaxEntries"), shape.HasInnerMap ? mark.Number("InnerMaxEntries") : null) is { } refusal) throw new CSharpException(refusal);
        if (MapRules.IsTrie((int)shape.Type) && shape.Key is not ClrType.Struct { Shape.Name: var key }) throw new CSharpException(DeclarationRefusals.LpmKey(name, $"{shape.Key}"));

        // The kernel wants no type for a ring buffer; whoever reads its records finds it by name and size.
        if (shape.HasNoValues) foreach (var record in shape.Arguments) types.Add(record);
        return Described(name, shape, (uint)mark.Number("MaxEntries"), types) with
        {
            Flags = (MapFlags)((uint)mark.Number("Flags") | shape.Flags),
            Extra = (ulong)mark.Number("Extra"),
            Pinning = mark.Is("IsPinned") ? MapPinning.ByName : MapPinning.None,
            Inner = shape.Inner is { } inner ? Described($"{name}.inner", inner, (uint)mark.Number("InnerMaxEntries"), types) with { Flags = (MapFlags)((uint)mark.Number("InnerFlags") | inner.Flags) } : null,
        };
    }

    private static MapSpec Described(string name, MapShape shape, uint entries, BtfTypeWriter types) => new()
    {
        Name = name,
        Section = ".maps",
        Type = shape.Type,
        KeySize = shape.Key?.Size ?? shape.KeySize,
        ValueSize = shape.Value?.Size ?? (shape.HasInnerMap ? Handle : shape.ValueSize),
        KeyType = shape.Key is { } key ? types.Add(key) : shape.KeySize == Handle && shape.Value is not null ? types.Add(new ClrType.Number(32, false, "uint")) : 0,
        ValueType = shape.Value is { } value ? types.Add(value) : 0,
        MaxEntries = entries,
        Flags = (MapFlags)shape.Flags,
    };
}
