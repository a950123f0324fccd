// SPDX-License-Identifier: MIT
using Ruche.Bpf.Kernel;
using Ruche.Bpf.Objects.Specs;
using Ruche.Bpf.Objects.Uapi;

namespace Ruche.Bpf.Features;

/// <summary>Asks for a map of a type, of the smallest size that the type takes.</summary>
internal static class MapTypeProbe
{
    private const int CgroupStorageKey = 16;

    public static Support Type(MapType type)
    {
        using var types = NeedsTypes(type) ? LoadInt() : null;
        using var inner = NeedsInner(type) ? CreateInner() : null;
        if (NeedsTypes(type) && types is null || NeedsInner(type) && inner is null) return Support.Unknown;
        MapCreateAttr attr = Describe(type);
        if (types is not null) (attr.BtfFd, attr.BtfKeyTypeId, attr.BtfValueTypeId) = ((uint)types.Value, 1, 1);
        if (inner is not null) attr.InnerMapFd = (uint)inner.Value;
        if (type is MapType.StructOps) attr.BtfVmlinuxValueTypeId = 1;
        Errno errno = BpfSyscall.Try(BpfCommand.MapCreate, ref attr, out int fd);

        // There is no struct_ops of type 1: a kernel that says so knows what they are.
        return type is MapType.StructOps && errno is Errno.ENOTSUPP ? Support.Yes : Answer.Of(errno, fd);
    }

    private static MapCreateAttr Describe(MapType type)
    {
        var (key, value, entries, flags) = type switch
        {
            MapType.StackTrace => (4, 8, 1, MapFlags.None),
            MapType.LpmTrie => (8, 8, 1, MapFlags.NoPreallocation),
            MapType.CgroupStorage or MapType.PerCpuCgroupStorage => (CgroupStorageKey, 8, 0, MapFlags.None),
            MapType.Queue or MapType.Stack or MapType.BloomFilter => (0, 4, 1, MapFlags.None),
            MapType.SkStorage or MapType.InodeStorage or MapType.TaskStorage or MapType.CgrpStorage => (4, 4, 0, MapFlags.NoPreallocation),
            MapType.RingBuf or MapType.UserRingBuf => (0, 0, Libc.PageSize, MapFlags.None),
            MapType.Arena => (0, 0, 1, MapFlags.MemoryMapped),
            MapType.StructOps => (4, 4, 1, MapFlags.None),
            MapType.InsnArray => (4, 16, 1, MapFlags.None),
            _ => (4, 4, 1, MapFlags.None),
        };
        return new() { MapType = (uint)type, KeySize = (uint)key, ValueSize = (uint)value, MaxEntries = (uint)entries, MapFlags = (uint)flags };
    }

    private static bool NeedsTypes(MapType type) =>
        type is MapType.SkStorage or MapType.InodeStorage or MapType.TaskStorage or MapType.CgrpStorage;

    private static bool NeedsInner(MapType type) => type is MapType.ArrayOfMaps or MapType.HashOfMaps;

    private static BpfFd? LoadInt() => BtfProbe.TryLoad(BtfProbe.Int, out int fd) is Errno.None ? new(fd) : null;

    private static BpfFd? CreateInner()
    {
        MapCreateAttr attr = new() { MapType = (uint)MapType.Array, KeySize = 4, ValueSize = 4, MaxEntries = 1 };
        return BpfSyscall.Try(BpfCommand.MapCreate, ref attr, out int fd) is Errno.None ? new(fd) : null;
    }
}
