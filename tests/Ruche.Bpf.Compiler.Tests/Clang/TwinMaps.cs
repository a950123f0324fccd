// SPDX-License-Identifier: MIT
using Ruche.Bpf.Maps;
using Ruche.Bpf.Objects.Uapi;

namespace Ruche.Bpf.Compiler.Tests.Clang;

/// <summary>The maps of twins: C calls them in its way and C# in its own, and they are to hold the same.</summary>
internal static class TwinMaps
{
    /// <summary>The maps of one with those of the other, without sections of variables.</summary>
    public static IEnumerable<(TMap One, TMap Other)> Pair<TMap>(IEnumerable<TMap> one, IEnumerable<TMap> other)
        where TMap : IBpfMap
    {
        var others = other.Where(IsDeclared).ToDictionary(m => Plain(m.Name));
        var pairs = one.Where(IsDeclared).Select(m => (m, others[Plain(m.Name)])).ToList();
        Assert.Equal(others.Count, pairs.Count);
        return pairs;
    }

    /// <summary>What programs look things up in is filled before they run.</summary>
    public static void Fill(IBpfMap map)
    {
        foreach (var (key, value) in Filling(map)) Assert.Equal(Errno.None, map.TryUpdate(key, value));
    }

    /// <summary>Every entry as text, in an order of its own; of a map for each CPU, the sums of its words.</summary>
    public static List<string> Contents(IBpfMap map)
    {
        List<string> contents = [];
        byte[] key = [], next = new byte[map.KeySize], value = new byte[map.ValueBufferSize];
        for (; map.TryNextKey(key, next) is Errno.None; key = [.. next])
        {
            if (map.TryLookup(next, value) is Errno.None) contents.Add($"{Convert.ToHexStringLower(next)} {Text(map, value)}");
        }

        contents.Sort(StringComparer.Ordinal);
        return contents;
    }

    private static IEnumerable<(byte[] Key, byte[] Value)> Filling(IBpfMap map) => (Plain(map.Name), map.Type) switch
    {
        (_, MapType.LpmTrie) => [(Network(map, 8, [10, 0, 0, 0]), [1, 0, 0, 0]), (Network(map, 24, [192, 168, 7, 0]), [3, 0, 0, 0])],
        ("rules", _) => [([0, 17, 0, 0], [7, 0, 0, 0, 1, 0, 0, 0]), ([1, 6, 0, 0], [8, 0, 0, 0, 2, 0, 0, 0])],
        ("ports", _) => [([53, 0, 0, 0], [3, 0, 0, 0]), ([187, 1, 0, 0], [2, 0, 0, 0])],
        ("services", _) => Enumerable.Range(0, 64).Select(i => (new byte[] { (byte)(i / 4), 0, 0, 0, (byte)(i % 4), 0, 0, 0 }, new byte[] { 10, 0, 0, (byte)i, 31, (byte)i, 0, 0 })),
        ("table", _) => Enumerable.Range(0, (int)map.MaxEntries).Select(i => (BitConverter.GetBytes(i), BitConverter.GetBytes(i % 17))),
        ("backends", _) => Enumerable.Range(0, (int)map.MaxEntries).Select(i => (BitConverter.GetBytes(i), new byte[] { 10, 1, 1, (byte)i, 2, 0, 0, 0, 0, (byte)i, 0, 0 })),
        _ => [],
    };

    // An IPv4 network stands among IPv6 addresses as ::ffff:a.b.c.d.
    private static byte[] Network(IBpfMap map, byte bits, byte[] address) =>
        map.KeySize == 8 ? [bits, 0, 0, 0, .. address] : [(byte)(bits + 96), 0, 0, 0, .. new byte[10], 0xff, 0xff, .. address];

    private static string Text(IBpfMap map, byte[] value)
    {
        if (map.Type is not (MapType.PerCpuArray or MapType.PerCpuHash or MapType.LruPerCpuHash)) return Convert.ToHexStringLower(value);
        int words = (map.ValueSize + 7) / 8;
        ulong[] sums = new ulong[words];
        for (int i = 0; i < value.Length / 8; i++) sums[i % words] += BitConverter.ToUInt64(value, i * 8);
        return string.Join(' ', sums);
    }

    private static bool IsDeclared<TMap>(TMap map)
        where TMap : IBpfMap => !map.Name.Contains('.', StringComparison.Ordinal);

    private static string Plain(string name) => name.Replace("_", "", StringComparison.Ordinal).ToLowerInvariant();
}
