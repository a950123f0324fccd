// SPDX-License-Identifier: MIT
using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using Ruche.Bpf.Objects.Uapi;

namespace Ruche.Bpf.Maps;

/// <summary>
/// A hash map (LRU or not) as a dictionary of plain structures. A view: it does not own the map. Safe for use from several threads.
/// Padding bytes inside <typeparamref name="TKey"/> are part of the key; keep them zero.
/// </summary>
/// <typeparam name="TKey">As large as the map's keys.</typeparam>
/// <typeparam name="TValue">As large as the map's values.</typeparam>
public sealed class BpfHashMap<TKey, TValue> : IEnumerable<KeyValuePair<TKey, TValue>>
    where TKey : unmanaged
    where TValue : unmanaged
{
    /// <summary>Sees a map as a dictionary.</summary>
    /// <exception cref="ArgumentException">It is no hash map, or a size differs.</exception>
    public BpfHashMap(IBpfMap map) =>
        Map = TypedView.Expect(map, MapType.Hash, MapType.LruHash).ExpectKey<TKey>().ExpectValue<TValue>();

    /// <summary>The map.</summary>
    public IBpfMap Map { get; }

    /// <summary>The value of a key; setting adds or replaces it.</summary>
    /// <exception cref="KeyNotFoundException">Getting: there is no such key.</exception>
    /// <exception cref="BpfException">Setting: the map is full (E2BIG).</exception>
    public TValue this[in TKey key]
    {
        get => TryGetValue(in key, out TValue value) ? value : ThrowNotFound(key);
        set => Map.Store(TypedView.BytesOf(in key), TypedView.BytesOf(in value));
    }

    /// <summary>Reads the value of a key. Returns false when it is not there.</summary>
    public bool TryGetValue(in TKey key, out TValue value) => TypedView.TryLookup(Map, in key, out value);

    /// <summary>Whether a key is there.</summary>
    public bool ContainsKey(in TKey key) => TryGetValue(in key, out _);

    /// <summary>Adds an entry.</summary>
    /// <exception cref="BpfException">The key is there already (EEXIST), or the map is full (E2BIG).</exception>
    public void Add(in TKey key, in TValue value) => Map.Store(TypedView.BytesOf(in key), TypedView.BytesOf(in value), UpdateMode.Add);

    /// <summary>Adds an entry unless the key is there; returns whether it was added.</summary>
    /// <exception cref="BpfException">The map is full (E2BIG).</exception>
    public bool TryAdd(in TKey key, in TValue value) => TypedView.TryUpdate(Map, in key, in value, UpdateMode.Add, Errno.EEXIST);

    /// <summary>Replaces the value of a key that is there; returns whether it was.</summary>
    public bool TryReplace(in TKey key, in TValue value) => TypedView.TryUpdate(Map, in key, in value, UpdateMode.Replace, Errno.ENOENT);

    /// <summary>Adds an entry or replaces its value.</summary>
    /// <exception cref="BpfException">The map is full (E2BIG).</exception>
    public void Update(in TKey key, in TValue value) => Map.Store(TypedView.BytesOf(in key), TypedView.BytesOf(in value));

    /// <summary>Stores many entries, in one system call where the kernel can.</summary>
    public void UpdateMany(ReadOnlySpan<TKey> keys, ReadOnlySpan<TValue> values) =>
        Map.UpdateMany(MemoryMarshal.AsBytes(keys), MemoryMarshal.AsBytes(values));

    /// <summary>Removes a key; returns whether it was there.</summary>
    public bool Remove(in TKey key) => Map.Remove(TypedView.BytesOf(in key));

    /// <summary>Removes a key and returns its value, in one step from Linux 5.14.</summary>
    public bool Remove(in TKey key, out TValue value)
    {
        value = default;
        return Map.Take(TypedView.BytesOf(in key), TypedView.RoomOf(ref value));
    }

    /// <summary>Removes many keys, in one system call where the kernel can; returns how many were there.</summary>
    public int RemoveMany(ReadOnlySpan<TKey> keys) => Map.DeleteMany(MemoryMarshal.AsBytes(keys));

    /// <summary>Takes entries out of the map, as many as fit; returns how many: 0 when the map is empty.</summary>
    public int Drain(Span<TKey> keys, Span<TValue> values) => Map.Drain(MemoryMarshal.AsBytes(keys), MemoryMarshal.AsBytes(values));

    /// <summary>Removes all entries that are there now.</summary>
    public void Clear()
    {
        foreach (MapEntry entry in Map.Entries) Map.Remove(entry.Key);
    }

    /// <summary>Counts the entries by walking the map.</summary>
    [SuppressMessage("Performance", "CA1829", Justification = "the kernel keeps no count")]
    public int Count()
    {
        int count = 0;
        foreach (MapEntry _ in Map.Entries) count++;
        return count;
    }

    /// <summary>Walks the entries without allocating for each. An entry may be seen twice, or not at all, when others change the map.</summary>
    public MapEnumerator<TKey, TValue> GetEnumerator() => new(Map);

    IEnumerator<KeyValuePair<TKey, TValue>> IEnumerable<KeyValuePair<TKey, TValue>>.GetEnumerator() => GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    [DoesNotReturn]
    private TValue ThrowNotFound(TKey key) => throw new KeyNotFoundException($"map '{Map.Name}' has no key {key}");
}
