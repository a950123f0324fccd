// SPDX-License-Identifier: MIT
using System.Collections;
using System.Runtime.CompilerServices;
using Ruche.Bpf.Objects.Uapi;

namespace Ruche.Bpf.Maps;

/// <summary>
/// A longest-prefix map: routes and address ranges. A view: it does not own the map. Safe for use from several threads.
/// Addresses are compared byte by byte in memory order, so numbers must be in network byte order.
/// </summary>
/// <typeparam name="TAddress">Four bytes smaller than the map's keys.</typeparam>
/// <typeparam name="TValue">As large as the map's values.</typeparam>
public sealed class BpfLpmTrie<TAddress, TValue> : IEnumerable<KeyValuePair<LpmKey<TAddress>, TValue>>
    where TAddress : unmanaged
    where TValue : unmanaged
{
    /// <summary>Sees a map as a table of prefixes.</summary>
    /// <exception cref="ArgumentException">It is no longest-prefix map, or a size differs.</exception>
    public BpfLpmTrie(IBpfMap map) =>
        Map = TypedView.Expect(map, MapType.LpmTrie).ExpectKey<LpmKey<TAddress>>().ExpectValue<TValue>();

    /// <summary>The map.</summary>
    public IBpfMap Map { get; }

    private static int AddressBits => Unsafe.SizeOf<TAddress>() * 8;

    /// <summary>Finds the value of the longest prefix that an address has. Returns false when none fits.</summary>
    public bool TryMatch(in TAddress address, out TValue value) => TryMatch(in address, AddressBits, out value);

    /// <summary>Finds the value of the longest prefix, of at most <paramref name="prefixLength"/> bits, that an address has.</summary>
    public bool TryMatch(in TAddress address, int prefixLength, out TValue value)
    {
        LpmKey<TAddress> key = Key(in address, prefixLength);
        return TypedView.TryLookup(Map, in key, out value);
    }

    /// <summary>Adds a prefix or replaces its value.</summary>
    /// <exception cref="BpfException">The map is full (ENOSPC).</exception>
    public void Update(in TAddress address, int prefixLength, in TValue value)
    {
        LpmKey<TAddress> key = Key(in address, prefixLength);
        Map.Store(TypedView.BytesOf(in key), TypedView.BytesOf(in value));
    }

    /// <summary>Adds a prefix unless it is there; returns whether it was added. Kernels before 6.13 replace it nevertheless.</summary>
    public bool TryAdd(in TAddress address, int prefixLength, in TValue value)
    {
        LpmKey<TAddress> key = Key(in address, prefixLength);
        return TypedView.TryUpdate(Map, in key, in value, UpdateMode.Add, Errno.EEXIST);
    }

    /// <summary>Removes exactly this prefix; returns whether it was there.</summary>
    public bool Remove(in TAddress address, int prefixLength)
    {
        LpmKey<TAddress> key = Key(in address, prefixLength);
        return Map.Remove(TypedView.BytesOf(in key));
    }

    /// <summary>Walks the prefixes without allocating for each. One may be seen twice, or not at all, when others change the map.</summary>
    public MapEnumerator<LpmKey<TAddress>, TValue> GetEnumerator() => new(Map);

    IEnumerator<KeyValuePair<LpmKey<TAddress>, TValue>> IEnumerable<KeyValuePair<LpmKey<TAddress>, TValue>>.GetEnumerator() => GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private static LpmKey<TAddress> Key(in TAddress address, int prefixLength)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(prefixLength);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(prefixLength, AddressBits);
        return new LpmKey<TAddress>((uint)prefixLength, address);
    }
}
