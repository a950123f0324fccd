// SPDX-License-Identifier: MIT
using Ruche.Bpf.Objects.Uapi;

namespace Ruche.Bpf.Maps;

/// <summary>
/// A per-CPU hash map (LRU or not): under each key one value for every CPU there can be. A view: it does not own the map. Safe for
/// use from several threads.
/// </summary>
/// <typeparam name="TKey">As large as the map's keys.</typeparam>
/// <typeparam name="TValue">As large as the map's value for one CPU.</typeparam>
public sealed class BpfPerCpuHashMap<TKey, TValue>
    where TKey : unmanaged
    where TValue : unmanaged
{
    /// <summary>Sees a map as a dictionary of values for each CPU.</summary>
    /// <exception cref="ArgumentException">It is no per-CPU hash map, or a size differs.</exception>
    public BpfPerCpuHashMap(IBpfMap map) =>
        Map = TypedView.Expect(map, MapType.PerCpuHash, MapType.LruPerCpuHash).ExpectKey<TKey>().ExpectValue<TValue>();

    /// <summary>The map.</summary>
    public IBpfMap Map { get; }

    /// <summary>How many values each key has.</summary>
    public int CpuCount => Map.CpuCount;

    /// <summary>The values of a key.</summary>
    /// <exception cref="KeyNotFoundException">There is no such key.</exception>
    public TValue[] this[in TKey key]
    {
        get
        {
            TValue[] values = new TValue[CpuCount];
            return TryGetValues(in key, values) ? values : throw new KeyNotFoundException($"map '{Map.Name}' has no key {key}");
        }
    }

    /// <summary>Reads the values of a key into at least <see cref="CpuCount"/> places. Returns false when the key is not there.</summary>
    public bool TryGetValues(in TKey key, Span<TValue> values) => PerCpu.TryLookup(Map, in key, values);

    /// <summary>Adds a key or replaces its values, of which there must be <see cref="CpuCount"/>.</summary>
    public void Update(in TKey key, ReadOnlySpan<TValue> values) => PerCpu.Update(Map, in key, values);

    /// <summary>Removes a key; returns whether it was there.</summary>
    public bool Remove(in TKey key) => Map.Remove(TypedView.BytesOf(in key));

    /// <summary>Walks the entries without allocating for each. An entry may be seen twice, or not at all, when others change the map.</summary>
    public PerCpuEnumerator<TKey, TValue> GetEnumerator() => new(Map);
}
