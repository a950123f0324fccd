// SPDX-License-Identifier: MIT
using System.Collections.Immutable;
using Ruche.Bpf.Compiler.FrontEnds.CSharp.Metadata;
using Ruche.Bpf.Compiler.FrontEnds.CSharp.Rules;
using Ruche.Bpf.Compiler.FrontEnds.CSharp.Types;
using Ruche.Bpf.Objects.Specs;
using Ruche.Bpf.Objects.Uapi;

namespace Ruche.Bpf.Compiler.FrontEnds.CSharp.Objects;

/// <summary>The tables of functions among the maps of a module, and which program stands where in them.</summary>
internal sealed class StructOpsTables(List<MapSpec> maps)
{
    private const string Section = ".struct_ops", LinkedSection = ".struct_ops.link";

    private readonly Dictionary<string, ClrType.Struct> _types = new(StringComparer.Ordinal);

    // What a table is that was refused, and which members it has, nobody knows.
    private bool _hasRefused;

    /// <summary>Adds a table as its field declares it, without functions.</summary>
    public void Declare(string name, MapShape shape, AttributeMark mark, IEnumerable<AttributeMark> values, BtfTypeWriter types)
    {
        bool wasRefused = _hasRefused;
        _hasRefused = true;
        if (shape.Value is not ClrType.Struct { Shape: { KernelName: { } kernelName } table } type || !kernelName.StartsWith("struct ", StringComparison.Ordinal))
            throw new CSharpException(DeclarationRefusals.NoTable(name, $"{shape.Value}"));
        bool isLinked = ((MapFlags)mark.Number("Flags")).HasFlag(MapFlags.Link);
        maps.Add(new()
        {
            Name = name,
            Section = isLinked ? LinkedSection : Section,
            Type = MapType.StructOps,
            KeySize = sizeof(int),
            ValueSize = table.Size,
            ValueType = types.Add(type),
            MaxEntries = 1,
            Flags = isLinked ? MapFlags.Link : MapFlags.None,
            IsLinkedStructOps = isLinked,
            StructOps = KernelTypeTable.Plain(kernelName),
            Contents = StructOpsValues.Write(name, table, values),
        });
        _types.Add(name, type);
        _hasRefused = wasRefused;
    }

    /// <summary>Puts a program where a member of its name is: in all tables, or in one.</summary>
    public void Bind(string program, string method, string member, string? onlyTable, ImmutableArray<ClrType> signature)
    {
        bool isBound = false;
        for (int i = 0; i < maps.Count; i++)
        {
            var map = maps[i];
            if (!_types.TryGetValue(map.Name, out var type) || (onlyTable is not null && map.Name != onlyTable)) continue;
            if (type.Shape.Find(member) is not { Type: ClrType.FunctionPointer { Signature: var expected } } field) continue;
            if (!IsSame(signature, expected)) throw new CSharpException(DeclarationRefusals.MemberShape(method, member));
            if (map.Slots.Any(s => s.Key == field.Offset)) throw new CSharpException(DeclarationRefusals.MemberTaken(method, member));
            maps[i] = map with { Slots = map.Slots.Add(new((uint)field.Offset, program)) };
            isBound = true;
        }

        if (!isBound && !_hasRefused) throw new CSharpException(DeclarationRefusals.NoMember(method, member));
    }

    /// <summary>Describes the tables as variables of their sections, one behind the other.</summary>
    public void Describe(BtfTypeWriter types)
    {
        foreach (var section in maps.Where(m => m.Type is MapType.StructOps).GroupBy(m => m.Section))
        {
            int end = 0;
            List<(string Name, DataPlace Place, ClrType Type)> variables = [];
            foreach (var map in section)
            {
                int start = (end + 7) / 8 * 8;
                variables.Add((map.Name, new(section.Key, start), _types[map.Name]));
                end = start + map.ValueSize;
            }

            types.AddSection(section.Key, end, variables);
        }
    }

    private static bool IsSame(ImmutableArray<ClrType> one, ImmutableArray<ClrType> other) => one.Length == other.Length && one.Zip(other).All(p => IsSame(p.First, p.Second));

    // A reference or a pointer; a number or an enumeration of the same size.
    private static bool IsSame(ClrType one, ClrType other) => (one, other) switch
    {
        (ClrType.Number x, ClrType.Number y) => (x.Bits, x.IsSigned) == (y.Bits, y.IsSigned),
        (ClrType.Address x, ClrType.Address y) => IsSame(x.Target, y.Target),
        (ClrType.FunctionPointer, ClrType.FunctionPointer) => true,
        _ => one == other,
    };
}
