// SPDX-License-Identifier: MIT
using Ruche.Bpf.Maps;
using Ruche.Bpf.Objects.Uapi;

namespace Ruche.Bench;

/// <summary>Puts a million entries into a hash map by one batch, again and again; entries a second, the median of the rounds.</summary>
internal static class BatchBenchmark
{
    private const int Entries = 1_000_000;

    public static void Run(int rounds)
    {
        using var map = BpfMap.Create(new() { Name = "batch", Type = MapType.Hash, KeySize = sizeof(uint), ValueSize = sizeof(ulong), MaxEntries = Entries });
        BpfHashMap<uint, ulong> typed = new(map);
        uint[] keys = [.. Enumerable.Range(0, Entries).Select(i => (uint)i)];
        ulong[] values = [.. keys.Select(key => (ulong)key)];
        long[] rates = new long[rounds];
        for (int i = 0; i < rounds; i++) rates[i] = Entries * 1_000_000_000L / Measure.Time(() => typed.UpdateMany(keys, values));
        Measure.Print("batch_update", Measure.Median(rates));
    }
}
