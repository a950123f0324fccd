// SPDX-License-Identifier: MIT
using Ruche.Bpf.Kernel;
using Ruche.Bpf.Objects.Specs;
using Ruche.Bpf.Objects.Uapi;

namespace Ruche.Bpf.Maps;

/// <summary>What the kernel says about a map.</summary>
public sealed record MapInfo
{
    /// <summary>The kernel's number of the map.</summary>
    public required uint Id { get; init; }

    /// <summary>The first 15 bytes of the name.</summary>
    public required string Name { get; init; }

    /// <summary>What the map is.</summary>
    public required MapType Type { get; init; }

    /// <summary>Bytes per key.</summary>
    public required int KeySize { get; init; }

    /// <summary>Bytes per value; for a per-CPU map, per CPU.</summary>
    public required int ValueSize { get; init; }

    /// <summary>How many entries fit; bytes for ring buffers.</summary>
    public required uint MaxEntries { get; init; }

    /// <summary>Creation flags.</summary>
    public required MapFlags Flags { get; init; }

    /// <summary>Type-specific extra argument.</summary>
    public ulong Extra { get; init; }

    /// <summary>Id of the kernel's copy of the object's types; 0 when the kernel was not told any.</summary>
    public uint BtfId { get; init; }

    /// <summary>Id of the key's type there.</summary>
    public uint KeyType { get; init; }

    /// <summary>Id of the value's type there.</summary>
    public uint ValueType { get; init; }

    /// <summary>For struct_ops maps, id of the value's type among the kernel's own types.</summary>
    public uint KernelValueType { get; init; }

    internal static MapInfo Of(BpfFd fd)
    {
        KernelMapInfo info = default;
        KernelObject.Describe(fd, ref info, "describe a map");
        return new MapInfo
        {
            Id = info.Id,
            Name = info.Name.ToString(),
            Type = (MapType)info.Type,
            KeySize = (int)info.KeySize,
            ValueSize = (int)info.ValueSize,
            MaxEntries = info.MaxEntries,
            Flags = (MapFlags)info.MapFlags,
            Extra = info.MapExtra,
            BtfId = info.BtfId,
            KeyType = info.BtfKeyTypeId,
            ValueType = info.BtfValueTypeId,
            KernelValueType = info.BtfVmlinuxValueTypeId,
        };
    }
}
