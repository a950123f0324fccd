// SPDX-License-Identifier: MIT
using Ruche.Bpf.Loading;
using Ruche.Bpf.Maps;
using Ruche.Bpf.Objects.Btf;
using Ruche.Bpf.Objects.Btf.Values;
using Ruche.Bpf.Types;
using Ruche.Cli.Bpf.StructOps;

namespace Ruche.Cli.Bpf.Maps;

/// <summary>The types of a map's keys and values, as the kernel was told them.</summary>
internal sealed class MapTypes
{
    private readonly bool _holdsPrograms;

    private MapTypes(BtfSpec spec, int key, int value, bool holdsPrograms = false) => (Spec, Key, Value, _holdsPrograms) = (spec, key, value, holdsPrograms);

    public BtfSpec Spec { get; }

    /// <summary>The key's type; 0 when unknown.</summary>
    public int Key { get; }

    /// <summary>The value's type; 0 when unknown.</summary>
    public int Value { get; }

    /// <summary>The types of a map; null when the kernel was not told any.</summary>
    public static MapTypes? Of(BpfMap map)
    {
        MapInfo info = map.Info;
        if (info.KernelValueType != 0) return new(KernelTypes.Running, 0, (int)info.KernelValueType, holdsPrograms: true);
        if (info.BtfId == 0 || info.ValueType == 0) return null;
        using LoadedTypes? types = LoadedTypes.TryOpenById(info.BtfId);
        return types is null ? null : new(types.Read(), (int)info.KeyType, (int)info.ValueType);
    }

    /// <summary>A key; as a number or bytes when its type is not known.</summary>
    public BtfValue ReadKey(ReadOnlySpan<byte> bytes) => Read(Key, bytes);

    /// <summary>A value; as a number or bytes when its type is not known.</summary>
    public BtfValue ReadValue(ReadOnlySpan<byte> bytes) => _holdsPrograms ? ProgramPointers.Name(Spec, Value, Read(Value, bytes)) : Read(Value, bytes);

    private BtfValue Read(int type, ReadOnlySpan<byte> bytes)
    {
        if (type != 0) return BtfValueReader.Read(Spec, type, bytes);
        return bytes.Length == sizeof(uint) ? new BtfValue.Unsigned(BitConverter.ToUInt32(bytes)) : new BtfValue.Opaque([.. bytes]);
    }
}
