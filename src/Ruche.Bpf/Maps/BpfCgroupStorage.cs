// SPDX-License-Identifier: MIT
using Ruche.Bpf.Kernel;
using Ruche.Bpf.Links;
using Ruche.Bpf.Objects.Uapi;

namespace Ruche.Bpf.Maps;

/// <summary>
/// What programs keep with each cgroup; it goes when the cgroup goes. A view: it does not own the map. Safe for use from several threads.
/// </summary>
/// <typeparam name="T">As large as the map's values.</typeparam>
public sealed class BpfCgroupStorage<T>
    where T : unmanaged
{
    /// <summary>Sees a map as storage of cgroups.</summary>
    /// <exception cref="ArgumentException">It is of another type, or its values have another size.</exception>
    public BpfCgroupStorage(BpfMap map) => Map = StorageEntry.Expect<T>(map, MapType.CgrpStorage);

    /// <summary>The map.</summary>
    public BpfMap Map { get; }

    /// <summary>Reads what is kept with a cgroup; false when nothing is.</summary>
    /// <exception cref="BpfException">ENOENT: there is no such directory; EBADF: it is no cgroup v2.</exception>
    public bool TryGetValue(string path, out T value)
    {
        using var fd = Open(path);
        return StorageEntry.TryGet(Map, fd.Value, out value);
    }

    /// <summary>Keeps a value with a cgroup.</summary>
    /// <exception cref="BpfException">ENOENT: there is no such directory; EBADF: it is no cgroup v2.</exception>
    public void Update(string path, in T value, UpdateMode mode = UpdateMode.Any)
    {
        using var fd = Open(path);
        StorageEntry.Set(Map, fd.Value, in value, mode);
    }

    /// <summary>Removes what is kept with a cgroup; returns whether anything was.</summary>
    /// <exception cref="BpfException">ENOENT: there is no such directory; EBADF: it is no cgroup v2.</exception>
    public bool Remove(string path)
    {
        using var fd = Open(path);
        return StorageEntry.Remove(Map, fd.Value);
    }

    private BpfFd Open(string path) => FileDescriptors.OpenDirectory(path, $"find the cgroup for map '{Map.Name}'");
}
