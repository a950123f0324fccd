// SPDX-License-Identifier: MIT
using Ruche.Bpf.Kernel;
using Ruche.Bpf.Objects.Uapi;

namespace Ruche.Bpf.Maps;

/// <summary>
/// What programs keep with each process; it goes when the process goes. A view: it does not own the map. Safe for use from several threads.
/// </summary>
/// <typeparam name="T">As large as the map's values.</typeparam>
public sealed class BpfTaskStorage<T>
    where T : unmanaged
{
    /// <summary>Sees a map as storage of processs.</summary>
    /// <exception cref="ArgumentException">It is of another type, or its values have another size.</exception>
    public BpfTaskStorage(BpfMap map) => Map = StorageEntry.Expect<T>(map, MapType.TaskStorage);

    /// <summary>The map.</summary>
    public BpfMap Map { get; }

    /// <summary>Reads what is kept with a process; false when nothing is.</summary>
    /// <exception cref="BpfException">ESRCH: there is no such process.</exception>
    public bool TryGetValue(int pid, out T value)
    {
        using var fd = Open(pid);
        return StorageEntry.TryGet(Map, fd.Value, out value);
    }

    /// <summary>Keeps a value with a process.</summary>
    /// <exception cref="BpfException">ESRCH: there is no such process.</exception>
    public void Update(int pid, in T value, UpdateMode mode = UpdateMode.Any)
    {
        using var fd = Open(pid);
        StorageEntry.Set(Map, fd.Value, in value, mode);
    }

    /// <summary>Removes what is kept with a process; returns whether anything was.</summary>
    /// <exception cref="BpfException">ESRCH: there is no such process.</exception>
    public bool Remove(int pid)
    {
        using var fd = Open(pid);
        return StorageEntry.Remove(Map, fd.Value);
    }

    private BpfFd Open(int pid) => StorageEntry.OpenProcess(Map, pid);
}
