// SPDX-License-Identifier: MIT
using Ruche.Bpf.Maps;
using Ruche.Bpf.Objects.Uapi;

namespace Ruche.Bpf.Machine.Maps;

/// <summary>
/// What programs keep with sockets, tasks, inodes or cgroups of a run, which are numbers there. A view: it does not own the map. Safe for
/// use from several threads.
/// </summary>
/// <typeparam name="T">As large as the map's values.</typeparam>
public sealed class MachineStorage<T>
    where T : unmanaged
{
    /// <summary>Sees a map as storage.</summary>
    /// <exception cref="ArgumentException">It is no storage map, or its values have another size.</exception>
    public MachineStorage(MachineMap map)
    {
        TypedView.Expect(map, MapType.SkStorage, MapType.TaskStorage, MapType.InodeStorage, MapType.CgrpStorage).ExpectValue<T>();
        Map = map;
    }

    /// <summary>The map.</summary>
    public MachineMap Map { get; }

    /// <summary>Reads what is kept with an owner; false when nothing is.</summary>
    public bool TryGetValue(uint owner, out T value) => TypedView.TryLookup(Map, in owner, out value);

    /// <summary>Keeps a value with an owner.</summary>
    /// <exception cref="BpfException">EEXIST, ENOENT: something is there, or nothing, against <paramref name="mode"/>.</exception>
    public void Update(uint owner, in T value, UpdateMode mode = UpdateMode.Any) => Map.Store(TypedView.BytesOf(in owner), TypedView.BytesOf(in value), mode);

    /// <summary>Removes what is kept with an owner, as when it goes; returns whether anything was.</summary>
    public bool Remove(uint owner) => Map.Remove(TypedView.BytesOf(in owner));
}
