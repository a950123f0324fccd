// SPDX-License-Identifier: MIT
using Ruche.Bpf.Links;
using Ruche.Bpf.Objects.Uapi;

namespace Ruche.Bpf.Maps;

/// <summary>Cgroups that programs ask about (<c>bpf_current_task_under_cgroup</c>). A view: it does not own the map.</summary>
public sealed class BpfCgroupArray
{
    /// <summary>Sees a map as an array of cgroups.</summary>
    /// <exception cref="ArgumentException">It is of another type.</exception>
    public BpfCgroupArray(BpfMap map)
    {
        TypedView.Expect(map, MapType.CgroupArray);
        Map = map;
    }

    /// <summary>The map.</summary>
    public BpfMap Map { get; }

    /// <summary>Puts a cgroup, by its directory in the v2 hierarchy, at an index.</summary>
    /// <exception cref="BpfException">ENOENT: no such directory; EBADF: it is no cgroup v2; E2BIG: no such index.</exception>
    public void Update(uint index, string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        using var cgroup = FileDescriptors.OpenDirectory(path, $"put a cgroup into map '{Map.Name}'");
        int fd = cgroup.Value;
        Map.Update(TypedView.BytesOf(in index), TypedView.BytesOf(in fd));
    }

    /// <summary>Removes the cgroup at an index; returns whether there was one.</summary>
    public bool Remove(uint index) => Map.Delete(TypedView.BytesOf(in index));
}
