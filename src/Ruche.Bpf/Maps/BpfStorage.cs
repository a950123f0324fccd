// SPDX-License-Identifier: MIT
using Ruche.Bpf.Objects.Uapi;

namespace Ruche.Bpf.Maps;

/// <summary>
/// What programs keep with things of the kernel; it goes when they go. A view: it does not own the map. Safe for use from several
/// threads. Open for inheritance within this assembly only.
/// </summary>
/// <typeparam name="TOwner">How what a value is kept with is named.</typeparam>
/// <typeparam name="T">As large as the map's values.</typeparam>
public abstract class BpfStorage<TOwner, T>
    where T : unmanaged
{
    private protected BpfStorage(BpfMap map, MapType type)
    {
        TypedView.Expect(map, type).ExpectKey<int>().ExpectValue<T>();
        Map = map;
    }

    /// <summary>The map.</summary>
    public BpfMap Map { get; }

    /// <summary>Reads what is kept with an owner; false when nothing is.</summary>
    /// <exception cref="BpfException">There is no such owner: ENOENT, ESRCH for a process, EBADF for a directory that is no cgroup v2.</exception>
    public bool TryGetValue(TOwner owner, out T value)
    {
        using StorageKey key = Open(owner);
        int fd = key.Fd;
        return TypedView.TryLookup(Map, in fd, out value);
    }

    /// <summary>Keeps a value with an owner.</summary>
    /// <exception cref="BpfException">There is no such owner: ENOENT, ESRCH for a process, EBADF for a directory that is no cgroup v2.</exception>
    public void Update(TOwner owner, in T value, UpdateMode mode = UpdateMode.Any)
    {
        using StorageKey key = Open(owner);
        int fd = key.Fd;
        Map.Update(TypedView.BytesOf(in fd), TypedView.BytesOf(in value), mode);
    }

    /// <summary>Removes what is kept with an owner; returns whether anything was.</summary>
    /// <exception cref="BpfException">There is no such owner: ENOENT, ESRCH for a process, EBADF for a directory that is no cgroup v2.</exception>
    public bool Remove(TOwner owner)
    {
        using StorageKey key = Open(owner);
        int fd = key.Fd;
        return Map.Delete(TypedView.BytesOf(in fd));
    }

    /// <summary>A descriptor of the owner.</summary>
    private protected abstract StorageKey Open(TOwner owner);
}
