// SPDX-License-Identifier: MIT
using System.Diagnostics;
using Ruche.Bpf.Maps;
using Ruche.Bpf.Objects.Btf;
using Ruche.Bpf.Objects.Specs;
using Ruche.Bpf.Objects.Uapi;

namespace Ruche.Bpf.Machine.Maps;

public abstract partial class MachineMap
{
    /// <summary>
    /// Creates a map. Sizes that the kernel prescribes are filled in, as for live maps; the contents of a data section are put in, slots
    /// are left to the caller.
    /// </summary>
    /// <param name="spec">The blueprint.</param>
    /// <param name="cpuCount">How many CPUs programs run on, for maps that have something for each.</param>
    /// <param name="types">The types of the object, by which locks, timers and the like are found in values; without, there are none.</param>
    /// <exception cref="BpfException">The kernel would refuse too: EINVAL, E2BIG, ENOTSUPP; ENOMEM: this process has no memory for it.</exception>
    public static MachineMap Create(MapSpec spec, int cpuCount = 1, BtfSpec? types = null)
    {
        ArgumentNullException.ThrowIfNull(spec);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(cpuCount);
        if (spec.Type is MapType.ArrayOfMaps or MapType.HashOfMaps && spec.Inner is null)
            throw new ArgumentException($"map '{spec.Name}' holds maps, but its spec does not say what they look like", nameof(spec));
        spec = spec.Complete(cpuCount);
        if (spec.Inner is { } inner && MapAttributes.Check(inner.Complete(cpuCount)) is not Errno.None and var innerErrno)
            throw MapRefusal.OfCreation(inner, innerErrno);
        if (MapAttributes.Check(spec) is not Errno.None and var errno) throw MapRefusal.OfCreation(spec, errno);
        try
        {
            var map = Make(spec, cpuCount);
            map.Layout = ValueLayout.Of(spec, types);
            return map;
        }
        catch (OutOfMemoryException)
        {
            throw MapRefusal.OfCreation(spec, Errno.ENOMEM);
        }
    }

    private static MachineMap Make(MapSpec spec, int cpuCount) => spec.Type switch
    {
        MapType.Hash or MapType.PerCpuHash or MapType.LruHash or MapType.LruPerCpuHash => new HashMap(spec, cpuCount),
        MapType.Array => new ArrayMap(spec, cpuCount),
        MapType.PerCpuArray => new PerCpuArrayMap(spec, cpuCount),
        MapType.LpmTrie => new LpmTrieMap(spec, cpuCount),
        MapType.Queue or MapType.Stack => new QueueStackMap(spec, cpuCount),
        MapType.BloomFilter => new BloomFilterMap(spec, cpuCount),
        MapType.ProgArray or MapType.ArrayOfMaps or MapType.CgroupArray => new ReferenceArrayMap(spec, cpuCount),
        MapType.HashOfMaps => new ReferenceHashMap(spec, cpuCount),
        MapType.RingBuf => new MachineRingBuffer(spec, cpuCount),
        MapType.UserRingBuf => new MachineUserRingBuffer(spec, cpuCount),
        MapType.PerfEventArray => new MachinePerfEventArray(spec, cpuCount),
        MapType.StackTrace => new StackTraceMap(spec, cpuCount),
        MapType.SkStorage or MapType.TaskStorage or MapType.InodeStorage or MapType.CgrpStorage => new StorageMap(spec, cpuCount),
        MapType.DevMap or MapType.CpuMap or MapType.XskMap or MapType.SockMap or MapType.ReuseportSockArray => new TargetArrayMap(spec, cpuCount),
        MapType.DevMapHash or MapType.SockHash => new TargetHashMap(spec, cpuCount),
        _ => throw new UnreachableException($"attributes of a map of type {spec.Type} were taken"),
    };
}
