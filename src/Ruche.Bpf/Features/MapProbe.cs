// SPDX-License-Identifier: MIT
using Ruche.Bpf.Kernel;
using Ruche.Bpf.Objects.Specs;
using Ruche.Bpf.Objects.Uapi;

namespace Ruche.Bpf.Features;

/// <summary>Asks the kernel for a map and lets go of it.</summary>
internal static unsafe class MapProbe
{
    public static Support Create(MapType type, uint keySize, uint valueSize, uint maxEntries, MapFlags flags = MapFlags.None)
    {
        MapCreateAttr attr = Describe(type, keySize, valueSize, maxEntries);
        attr.MapFlags = (uint)flags;
        return Answer.Of(BpfSyscall.Try(BpfCommand.MapCreate, ref attr, out int fd), fd);
    }

    public static Support Batch()
    {
        MapCreateAttr attr = Describe(MapType.Array, 4, 4, 1);
        if (BpfSyscall.Try(BpfCommand.MapCreate, ref attr, out int number) is not Errno.None) return Support.Unknown;
        using BpfFd fd = new(number);
        uint cursor, key, value;
        MapBatchAttr batch = new() { OutBatch = (ulong)&cursor, Keys = (ulong)&key, Values = (ulong)&value, Count = 1, MapFd = (uint)fd.Value };

        // SAFETY: the three variables live on this frame and are as large as the map's keys and values.
        return BpfSyscall.Try(BpfCommand.MapLookupBatch, ref batch) switch
        {
            Errno.None or Errno.ENOENT => Support.Yes,
            Errno.EINVAL or Errno.ENOTSUPP => Support.No,
            _ => Support.Unknown,
        };
    }

    public static Support Types()
    {
        if (BtfProbe.TryLoad(BtfProbe.Int, out int number) is not Errno.None and var refused) return Answer.Of(refused, -1);
        using BpfFd btf = new(number);
        MapCreateAttr attr = Describe(MapType.Array, 4, 4, 1);
        (attr.BtfFd, attr.BtfKeyTypeId, attr.BtfValueTypeId) = ((uint)btf.Value, 1, 1);
        return Answer.Of(BpfSyscall.Try(BpfCommand.MapCreate, ref attr, out int fd), fd);
    }

    private static MapCreateAttr Describe(MapType type, uint keySize, uint valueSize, uint maxEntries) =>
        new() { MapType = (uint)type, KeySize = keySize, ValueSize = valueSize, MaxEntries = maxEntries };
}
