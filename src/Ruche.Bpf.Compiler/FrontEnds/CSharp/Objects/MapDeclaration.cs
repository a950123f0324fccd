// SPDX-License-Identifier: MIT
using Ruche.Bpf.Compiler.FrontEnds.CSharp.Metadata;
using Ruche.Bpf.Compiler.FrontEnds.CSharp.Types;
using Ruche.Bpf.Objects.Specs;

namespace Ruche.Bpf.Compiler.FrontEnds.CSharp.Objects;

/// <summary>What a field of a map type, with its attribute, says of the map.</summary>
internal static class MapDeclaration
{
    public static MapSpec Read(string name, ClrType.Map type, AttributeMark mark, BtfTypeWriter types)
    {
        var shape = type.Shape;
        return new()
        {
            Name = name,
            Section = ".maps",
            Type = shape.Type,
            KeySize = shape.Key?.Size ?? shape.KeySize,
            ValueSize = shape.Value?.Size ?? 0,
            KeyType = shape.Key is { } key ? types.Add(key) : shape.KeySize == 4 ? types.Add(new ClrType.Number(32, false, "uint")) : 0,
            ValueType = shape.Value is { } value ? types.Add(value) : 0,
            MaxEntries = (uint)mark.Number("MaxEntries"),
            Flags = (MapFlags)((uint)mark.Number("Flags") | shape.Flags),
            Pinning = mark.Is("IsPinned") ? MapPinning.ByName : MapPinning.None,
        };
    }
}
