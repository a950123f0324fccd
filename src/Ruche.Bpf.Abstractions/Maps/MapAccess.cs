// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Maps;

/// <summary>What views do with maps: they throw what nobody expects, and return what callers do.</summary>
internal static class MapAccess
{
    /// <summary>Reads the value of a key; false when it is not there.</summary>
    public static bool Find(this IBpfMap map, ReadOnlySpan<byte> key, Span<byte> value) => map.IsThere(map.TryLookup(key, value), MapOperation.Lookup);

    /// <summary>Stores a value under a key.</summary>
    public static void Store(this IBpfMap map, ReadOnlySpan<byte> key, ReadOnlySpan<byte> value, UpdateMode mode = UpdateMode.Any)
    {
        Errno errno = map.TryUpdate(key, value, mode);
        if (errno is not Errno.None) throw map.Explain(MapOperation.Update, errno);
    }

    /// <summary>Removes a key; returns whether it was there.</summary>
    public static bool Remove(this IBpfMap map, ReadOnlySpan<byte> key) => map.IsThere(map.TryDelete(key), MapOperation.Delete);

    /// <summary>Reads the value of a key and removes it in one step, or in two where the map cannot do it in one.</summary>
    public static bool Take(this IBpfMap map, ReadOnlySpan<byte> key, Span<byte> value)
    {
        Errno errno = map.TryLookupAndDelete(key, value);
        return errno is Errno.EINVAL or Errno.ENOTSUPP or Errno.EOPNOTSUPP
            ? map.Find(key, value) && map.Remove(key)
            : map.IsThere(errno, MapOperation.Take);
    }

    /// <summary>Whether an answer says that the key is there.</summary>
    public static bool IsThere(this IBpfMap map, Errno errno, MapOperation operation) => errno switch
    {
        Errno.None => true,
        Errno.ENOENT => false,
        _ => throw map.Explain(operation, errno),
    };
}
