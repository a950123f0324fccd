// SPDX-License-Identifier: MIT
using Ruche.Bpf.Objects.Uapi;

namespace Ruche.Bpf.Maps;

/// <summary>A map whose values are maps. A view: it does not own the map. Safe for use from several threads.</summary>
/// <typeparam name="TKey">As large as the map's keys: <c>uint</c> for an array of maps.</typeparam>
public sealed class BpfMapOfMaps<TKey>
    where TKey : unmanaged
{
    /// <summary>Sees a map as a dictionary of maps.</summary>
    /// <exception cref="ArgumentException">It does not hold maps, or the size of its keys differs.</exception>
    public BpfMapOfMaps(BpfMap map)
    {
        TypedView.Expect(map, MapType.ArrayOfMaps, MapType.HashOfMaps).ExpectKey<TKey>();
        Map = map;
    }

    /// <summary>The map.</summary>
    public BpfMap Map { get; }

    /// <summary>Puts a map under a key; the outer map keeps it alive.</summary>
    /// <exception cref="BpfException">The map does not look like the prototype of the inner maps (EINVAL), or the outer map is full (E2BIG).</exception>
    public void Update(in TKey key, BpfMap inner)
    {
        ArgumentNullException.ThrowIfNull(inner);
        int fd = inner.Fd.Value;
        Map.Update(TypedView.BytesOf(in key), TypedView.BytesOf(in fd));
        GC.KeepAlive(inner);
    }

    /// <summary>The kernel's number of the map under a key. Returns false when there is none.</summary>
    public bool TryGetId(in TKey key, out uint id) => TypedView.TryLookup(Map, in key, out id);

    /// <summary>Opens the map under a key; null when there is none. The caller disposes it.</summary>
    public BpfMap? Open(in TKey key) => TryGetId(in key, out uint id) ? BpfMap.TryOpenById(id) : null;

    /// <summary>Removes the map under a key; returns whether there was one.</summary>
    public bool Remove(in TKey key) => Map.Delete(TypedView.BytesOf(in key));
}
