// SPDX-License-Identifier: MIT
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Ruche.Bpf.Objects.Uapi;

namespace Ruche.Bpf.Maps;

/// <summary>What the typed views of maps share: checking that types fit, and seeing keys and values as bytes.</summary>
internal static class TypedView
{
    /// <summary>Throws unless the map is of one of the types.</summary>
    public static IBpfMap Expect(IBpfMap map, params ReadOnlySpan<MapType> types)
    {
        ArgumentNullException.ThrowIfNull(map);
        return types.Contains(map.Type)
            ? map
            : throw new ArgumentException($"map '{map.Name}' is a {map.Type}, not a {string.Join(" or ", types.ToArray())}", nameof(map));
    }

    /// <summary>Throws unless keys are as large as the map's.</summary>
    public static IBpfMap ExpectKey<TKey>(this IBpfMap map)
        where TKey : unmanaged => ExpectSize<TKey>(map, "keys", map.KeySize);

    /// <summary>Throws unless values are as large as the map's.</summary>
    public static IBpfMap ExpectValue<TValue>(this IBpfMap map)
        where TValue : unmanaged => ExpectSize<TValue>(map, "values", map.ValueSize);

    /// <summary>The bytes of a value, where it is.</summary>
    public static ReadOnlySpan<byte> BytesOf<T>(in T value)
        where T : unmanaged => MemoryMarshal.AsBytes(new ReadOnlySpan<T>(in value));

    /// <summary>The bytes of a variable, where it is.</summary>
    public static Span<byte> RoomOf<T>(ref T value)
        where T : unmanaged => MemoryMarshal.AsBytes(new Span<T>(ref value));

    /// <summary>Looks up a typed entry.</summary>
    public static bool TryLookup<TKey, TValue>(IBpfMap map, in TKey key, out TValue value)
        where TKey : unmanaged
        where TValue : unmanaged
    {
        value = default;
        return map.Find(BytesOf(in key), RoomOf(ref value));
    }

    /// <summary>Stores a typed entry; false when the map answers with the one errno that the caller expects.</summary>
    public static bool TryUpdate<TKey, TValue>(IBpfMap map, in TKey key, in TValue value, UpdateMode mode, Errno expected)
        where TKey : unmanaged
        where TValue : unmanaged
    {
        Errno errno = map.TryUpdate(BytesOf(in key), BytesOf(in value), mode);
        if (errno is Errno.None) return true;
        if (errno != expected) throw map.Explain(MapOperation.Update, errno);
        return false;
    }

    private static IBpfMap ExpectSize<T>(IBpfMap map, string what, int size)
        where T : unmanaged => Unsafe.SizeOf<T>() == size
            ? map
            : throw new ArgumentException($"map '{map.Name}' has {what} of {size} bytes, but {typeof(T).Name} has {Unsafe.SizeOf<T>()}", nameof(map));
}
