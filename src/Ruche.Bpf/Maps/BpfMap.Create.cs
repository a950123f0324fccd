// SPDX-License-Identifier: MIT
using Ruche.Bpf.Features;
using Ruche.Bpf.Kernel;
using Ruche.Bpf.Netlink;
using Ruche.Bpf.Objects.Specs;
using Ruche.Bpf.Objects.Uapi;
using Ruche.Bpf.Tokens;

namespace Ruche.Bpf.Maps;

public sealed partial class BpfMap
{
    /// <summary>
    /// Creates a map. Sizes that the kernel prescribes are filled in: a per-CPU event array without a size gets one entry for each
    /// CPU, the size of a ring is rounded up to a power of two of pages. Contents, slots and pinning of the spec are left to the caller.
    /// </summary>
    /// <param name="spec">The blueprint.</param>
    /// <param name="types">The types of keys and values, when the kernel has been given them. It works without when the kernel refuses them.</param>
    /// <param name="token">The right to do so, for processes in a user namespace; null for the process's own.</param>
    /// <param name="device">The interface on whose card the map is to live; null for the kernel's memory.</param>
    /// <exception cref="BpfException">The kernel refuses.</exception>
    public static BpfMap Create(MapSpec spec, MapTypeIds types = default, BpfToken? token = null, NetworkInterface? device = null)
    {
        ArgumentNullException.ThrowIfNull(spec);
        spec = Complete(spec);
        using BpfMap? inner = CreateInner(spec, types, token);
        MapCreateAttr attr = Describe(spec, types, inner);
        attr.MapIfindex = (uint)(device?.Index ?? 0);
        if (token is not null)
        {
            attr.MapFlags |= (uint)MapFlags.TokenFd;
            attr.MapTokenFd = token.Fd.Value;
        }

        Errno errno = BpfSyscall.Try(BpfCommand.MapCreate, ref attr, out int fd);
        if (errno is not Errno.None && attr.BtfFd != 0 && spec.StructOps is null)
        {
            attr.BtfFd = attr.BtfKeyTypeId = attr.BtfValueTypeId = 0;
            errno = BpfSyscall.Try(BpfCommand.MapCreate, ref attr, out fd);
        }

        GC.KeepAlive(token);
        GC.KeepAlive(types.Btf);
        GC.KeepAlive(types.KernelValueModule);
        if (errno is not Errno.None && device is { } card)
            throw new BpfException($"create map '{spec.Name}' on {card.Name}", errno, $"the card behind {card.Name} takes no maps of this kind");
        if (errno is not Errno.None) Failure.Throw($"create map '{spec.Name}'", BpfCommand.MapCreate, errno);
        return new BpfMap(new BpfFd(fd), spec.Name, spec.Type, spec.KeySize, spec.ValueSize, spec.MaxEntries, spec.Flags);
    }

    private static BpfMap? CreateInner(MapSpec spec, MapTypeIds types, BpfToken? token)
    {
        if (spec.Type is not (MapType.ArrayOfMaps or MapType.HashOfMaps)) return null;
        if (spec.Inner is not { } inner)
            throw new ArgumentException($"map '{spec.Name}' holds maps, but its spec does not say what they look like", nameof(spec));
        return Create(inner, types with { Key = (uint)inner.KeyType, Value = (uint)inner.ValueType }, token);
    }

    private static MapCreateAttr Describe(MapSpec spec, MapTypeIds types, BpfMap? inner)
    {
        MapCreateAttr attr = new()
        {
            MapType = (uint)spec.Type,
            KeySize = (uint)spec.KeySize,
            ValueSize = (uint)spec.ValueSize,
            MaxEntries = spec.MaxEntries,
            MapFlags = (uint)spec.Flags,
            InnerMapFd = (uint)(inner?.Fd.Value ?? 0),
            NumaNode = spec.Flags.HasFlag(MapFlags.NumaNode) ? (uint)spec.NumaNode : 0,
            MapName = ObjectName.From(spec.Name),
            MapExtra = spec.Extra,
            BtfVmlinuxValueTypeId = types.KernelValue,
        };
        if (types.KernelValueModule is { } module) attr.ValueTypeBtfObjFd = module.Value;
        if (types.Btf is null || spec.Type.RefusesTypes() || types.Value == 0 && types.KernelValue == 0) return attr;
        attr.BtfFd = (uint)types.Btf.Value;
        attr.BtfKeyTypeId = types.Key;
        attr.BtfValueTypeId = types.Value;
        return attr;
    }

    /// <summary>The spec with what the kernel prescribes for its type filled in.</summary>
    internal static MapSpec Complete(MapSpec spec)
    {
        spec = spec.Complete(CpuList.PossibleCount);
        if (spec.DataSection is not DataSectionKind.None && spec.Flags.HasFlag(MapFlags.MemoryMapped)
            && KernelFeatures.MemoryMappedArray.Ask() is Support.No)
            return spec with { Flags = spec.Flags & ~MapFlags.MemoryMapped };
        return spec;
    }
}
