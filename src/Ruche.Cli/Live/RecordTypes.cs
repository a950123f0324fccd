// SPDX-License-Identifier: MIT
using System.Collections.Immutable;
using Ruche.Bpf.Objects.Btf;
using Ruche.Bpf.Objects.Btf.Values;
using Ruche.Bpf.Objects.Specs;

namespace Ruche.Cli.Live;

/// <summary>
/// Finds the type of the records in a ring or perf buffer. Nothing in an object says it outright, so three customs are read, in
/// this order: the map declares a value type; a global pointer names the record type (which is how C gets a type into BTF
/// that no function takes); exactly one named struct that is not the kernel's has the record's size.
/// </summary>
internal sealed class RecordTypes
{
    // Perf records are padded so that they end on eight bytes after their four-byte length.
    private const int PerfPadding = 7;

    private readonly BtfSpec? _types;
    private readonly Dictionary<string, int> _valueTypes;
    private readonly ImmutableArray<int> _pointedAt;
    private readonly ImmutableArray<int> _structs;

    public RecordTypes(ObjectSpec spec)
    {
        _types = spec.Btf;
        _valueTypes = spec.Maps.Where(map => map.ValueType != 0).ToDictionary(map => map.Name, map => map.ValueType);
        if (_types is null) return;
        _pointedAt = [.. PointedAtByGlobals(_types).Distinct()];
        _structs = [.. OwnStructs(_types, spec)];
    }

    /// <summary>Reads one record. The type's name is null when no type fits.</summary>
    public (string? Type, BtfValue Value) Decode(string map, ReadOnlySpan<byte> record, bool isPadded)
    {
        if (_types is null || TypeOf(map, record.Length, isPadded) is not { } type) return (null, new BtfValue.Opaque([.. record]));
        return (_types.TypeNameOf(type), BtfValueReader.Read(_types, type, record));
    }

    private int? TypeOf(string map, int length, bool isPadded)
    {
        if (_valueTypes.TryGetValue(map, out int declared) && Fits(declared, length, isPadded)) return declared;
        return Only(_pointedAt, length, isPadded) ?? Only(_structs, length, isPadded);
    }

    private int? Only(ImmutableArray<int> candidates, int length, bool isPadded)
    {
        int? only = null;
        foreach (int candidate in candidates)
        {
            if (!Fits(candidate, length, isPadded)) continue;
            if (only is not null) return null;
            only = candidate;
        }

        return only;
    }

    private bool Fits(int type, int length, bool isPadded) =>
        _types!.TrySizeOf(type, out int size) && size > 0 && (isPadded ? length >= size && length <= size + PerfPadding : length == size);

    private static IEnumerable<int> PointedAtByGlobals(BtfSpec types) =>
        from id in types.IdsOf(BtfKind.Variable)
        let variable = types[id] as BtfType.Variable
        where variable is not null && types[types.Resolve(variable.Target)] is BtfType.Pointer
        let target = types.Resolve(((BtfType.Pointer)types[types.Resolve(variable.Target)]).Target)
        where types[target] is BtfType.Composite
        select target;

    private static IEnumerable<int> OwnStructs(BtfSpec types, ObjectSpec spec)
    {
        HashSet<int> kernels =
        [
            .. spec.Functions.Values.Concat(spec.Programs.Select(program => program.Entry))
                .SelectMany(function => function.CoreRelocations)
                .Select(relocation => relocation.Type),
        ];
        return types.IdsOf(BtfKind.Struct).Where(id => types.NameOf(id).Length > 0 && !kernels.Contains(id));
    }
}
