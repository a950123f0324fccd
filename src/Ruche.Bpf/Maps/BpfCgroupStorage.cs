// SPDX-License-Identifier: MIT
using Ruche.Bpf.Links;
using Ruche.Bpf.Objects.Uapi;

namespace Ruche.Bpf.Maps;

/// <summary>What programs keep with each cgroup; it goes when the cgroup goes. A cgroup is named by its directory.</summary>
/// <typeparam name="T">As large as the map's values.</typeparam>
public sealed class BpfCgroupStorage<T> : BpfStorage<string, T>
    where T : unmanaged
{
    /// <summary>Sees a map as storage of cgroups.</summary>
    /// <exception cref="ArgumentException">It is of another type, or its values have another size.</exception>
    public BpfCgroupStorage(BpfMap map)
        : base(map, MapType.CgrpStorage)
    {
    }

    private protected override StorageKey Open(string owner) => new(FileDescriptors.OpenDirectory(owner, $"find the cgroup for map '{Map.Name}'"));
}
