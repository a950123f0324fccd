// SPDX-License-Identifier: MIT
using Ruche.Bpf.Objects.Uapi;

namespace Ruche.Bpf.Maps;

/// <summary>
/// A bloom filter: a set that may wrongly say yes, never wrongly no. A view: it does not own the map. Safe for use from several
/// threads. From Linux 5.16.
/// </summary>
/// <typeparam name="T">As large as the map's values.</typeparam>
public sealed class BpfBloomFilter<T>
    where T : unmanaged
{
    /// <summary>Sees a map as a set.</summary>
    /// <exception cref="ArgumentException">It is no bloom filter, or the size of its values differs.</exception>
    public BpfBloomFilter(IBpfMap map) => Map = TypedView.Expect(map, MapType.BloomFilter).ExpectValue<T>();

    /// <summary>The map.</summary>
    public IBpfMap Map { get; }

    /// <summary>Adds a value, for ever.</summary>
    public void Add(in T value) => Map.Store(default, TypedView.BytesOf(in value));

    /// <summary>Whether a value may have been added; false is certain.</summary>
    public bool MayContain(in T value)
    {
        // For this map type alone the value of a lookup is read, not written.
        T asked = value;
        return Map.Find(default, TypedView.RoomOf(ref asked));
    }
}
