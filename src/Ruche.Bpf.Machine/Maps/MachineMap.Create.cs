// SPDX-License-Identifier: MIT
using Ruche.Bpf.Maps;
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
    /// <exception cref="BpfException">The kernel would refuse too: EINVAL, E2BIG, ENOTSUPP; ENOMEM: this process has no memory for it.</exception>
    public static MachineMap Create(MapSpec spec, int cpuCount = 1)
    {
        ArgumentNullException.ThrowIfNull(spec);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(cpuCount);
        if (spec.Type is MapType.ArrayOfMaps or MapType.HashOfMaps && spec.Inner is null)
            throw new ArgumentException($"map '{spec.Name}' holds maps, but its spec does not say what they look like", nameof(spec));
        spec = spec.Complete(cpuCount);
        if (MapAttributes.Check(spec) is not Errno.None and var errno) throw MapRefusal.OfCreation(spec, errno);
        try
        {
            return Make(spec, cpuCount);
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
        _ => throw MapRefusal.OfCreation(spec, Errno.EINVAL),
    };
}
