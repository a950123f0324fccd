// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Maps;

/// <summary>Doing many entries where there is no way to do them at once.</summary>
internal static class OneByOne
{
    public static void Update(IBpfMap map, ReadOnlySpan<byte> keys, ReadOnlySpan<byte> values, UpdateMode mode)
    {
        int count = Count(map, keys);
        ArgumentOutOfRangeException.ThrowIfNotEqual(values.Length, count * map.ValueBufferSize, nameof(values));
        for (int i = 0; i < count; i++) map.Store(Key(map, keys, i), values.Slice(i * map.ValueBufferSize, map.ValueBufferSize), mode);
    }

    public static int Delete(IBpfMap map, ReadOnlySpan<byte> keys)
    {
        int count = Count(map, keys), deleted = 0;
        for (int i = 0; i < count; i++)
            if (map.Remove(Key(map, keys, i))) deleted++;
        return deleted;
    }

    public static int Drain(IBpfMap map, Span<byte> keys, Span<byte> values)
    {
        int count = Count(map, keys), taken = 0;
        ArgumentOutOfRangeException.ThrowIfLessThan(values.Length, count * map.ValueBufferSize, nameof(values));
        while (taken < count)
        {
            Span<byte> key = keys.Slice(taken * map.KeySize, map.KeySize);
            if (!map.IsThere(map.TryNextKey(default, key), MapOperation.Walk)) break;
            if (map.Take(key, values.Slice(taken * map.ValueBufferSize, map.ValueBufferSize))) taken++;
        }

        return taken;
    }

    private static int Count(IBpfMap map, ReadOnlySpan<byte> keys)
    {
        if (map.KeySize == 0) throw new InvalidOperationException($"map '{map.Name}' has no keys");
        ArgumentOutOfRangeException.ThrowIfNotEqual(keys.Length % map.KeySize, 0, nameof(keys));
        return keys.Length / map.KeySize;
    }

    private static ReadOnlySpan<byte> Key(IBpfMap map, ReadOnlySpan<byte> keys, int index) => keys.Slice(index * map.KeySize, map.KeySize);
}
