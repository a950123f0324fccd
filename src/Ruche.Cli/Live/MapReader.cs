// SPDX-License-Identifier: MIT
using System.Buffers.Binary;
using System.Collections.Immutable;
using Ruche.Bpf;
using Ruche.Bpf.Maps;
using Ruche.Bpf.Objects.Btf;
using Ruche.Bpf.Objects.Btf.Values;
using Ruche.Bpf.Objects.Specs;
using Ruche.Bpf.Objects.Uapi;

namespace Ruche.Cli.Live;

/// <summary>Reads one map of an object in the kernel or in this process into a snapshot, by the types its object gives.</summary>
internal sealed class MapReader(MapSpec spec, IBpfMap map, BtfSpec? types)
{
    // Larger arrays are shown without their zero entries.
    private const int MostZeroes = 256;

    /// <summary>Whether the map holds values to look at, rather than records, programs or other maps.</summary>
    public static bool CanRead(MapSpec spec) => spec.Type switch
    {
        MapType.Array => spec.DataSection is DataSectionKind.None or DataSectionKind.Data or DataSectionKind.Bss,
        MapType.Hash or MapType.PerCpuHash or MapType.PerCpuArray or MapType.LruHash or MapType.LruPerCpuHash or MapType.LpmTrie => true,
        _ => false,
    };

    /// <summary>What the map holds now.</summary>
    public MapSnapshot Read()
    {
        IEnumerable<MapRow> rows = spec.DataSection is DataSectionKind.None ? Entries() : Variables();
        return new(spec.Name, spec.Type, [.. rows], spec.DataSection is DataSectionKind.None ? map.MaxEntries : 0);
    }

    private IEnumerable<MapRow> Entries()
    {
        List<MapRow> rows = [];
        foreach (MapEntry entry in map.Entries)
        {
            MapRow row = RowOf(entry);
            if (!IsArray || map.MaxEntries <= MostZeroes || !ValueSums.IsZero(row.Value)) rows.Add(row);
        }

        return IsArray ? rows : rows.OrderByDescending(row => ValueSums.Weight(row.Value));
    }

    private bool IsArray => spec.Type is MapType.Array or MapType.PerCpuArray;

    private MapRow RowOf(MapEntry entry)
    {
        BtfValue key = Value(spec.KeyType, entry.Key);
        if (map.ValueBufferSize == map.ValueSize) return new(key, Value(spec.ValueType, entry.Value), []);

        int stride = (map.ValueSize + 7) & ~7;
        var parts = ImmutableArray.CreateBuilder<BtfValue>();
        for (int start = 0; start + map.ValueSize <= entry.Value.Length; start += stride) parts.Add(Value(spec.ValueType, entry.Value.Slice(start, map.ValueSize)));
        ImmutableArray<BtfValue> perCpu = parts.ToImmutable();
        return new(key, ValueSums.Sum(perCpu), perCpu);
    }

    private IEnumerable<MapRow> Variables()
    {
        if (types is null || spec.ValueType == 0 || types[spec.ValueType] is not BtfType.DataSection section) return [];
        byte[] content = new byte[map.ValueBufferSize];
        if (map.TryLookup(stackalloc byte[sizeof(uint)], content) is not Errno.None) return [];
        return from variable in section.Variables
               where variable.Offset + variable.Size <= content.Length && types[variable.Type] is BtfType.Variable
               let target = ((BtfType.Variable)types[variable.Type]).Target
               where types[types.Resolve(target)] is not BtfType.Pointer
               select new MapRow(
                   new BtfValue.Text([.. types.NameBytesOf(variable.Type)]),
                   BtfValueReader.Read(types, target, content.AsSpan(variable.Offset, variable.Size)),
                   []);
    }

    private BtfValue Value(int type, ReadOnlySpan<byte> bytes)
    {
        if (types is not null && type != 0) return BtfValueReader.Read(types, type, bytes);
        return bytes.Length switch
        {
            4 => new BtfValue.Unsigned(BinaryPrimitives.ReadUInt32LittleEndian(bytes)),
            8 => new BtfValue.Unsigned(BinaryPrimitives.ReadUInt64LittleEndian(bytes)),
            _ => new BtfValue.Opaque([.. bytes]),
        };
    }
}
