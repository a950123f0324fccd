// SPDX-License-Identifier: MIT
using Ruche.Bpf.Maps;
using Ruche.Bpf.Objects.Specs;
using Ruche.Bpf.Objects.Uapi;

namespace Ruche.Bpf.Tests.Maps;

/// <summary>Walking maps and doing many entries at once: with the kernel's batches, and one by one as where it has none.</summary>
public sealed class WalkTests : KernelTest
{
    private const int NoBatches = 0b1111;

    [Theory]
    [InlineData(0)]
    [InlineData(NoBatches)]
    public void Every_entry_is_seen_once(int refused)
    {
        using BpfMap map = Filled(10_000, refused);
        BpfHashMap<uint, ulong> hash = new(map);

        uint[] keys = [.. hash.Where(entry => entry.Value == entry.Key * 3UL).Select(entry => entry.Key).Order()];

        Assert.Equal(Enumerable.Range(0, 10_000).Select(k => (uint)k), keys);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(NoBatches)]
    public void An_empty_map_has_no_entries(int refused)
    {
        using BpfMap map = Filled(0, refused);

        Assert.Empty(new BpfHashMap<uint, ulong>(map));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(NoBatches)]
    public void What_is_seen_may_be_deleted(int refused)
    {
        using BpfMap map = Filled(3000, refused);
        BpfHashMap<uint, ulong> hash = new(map);
        int seen = 0;

        foreach (var (key, _) in hash)
        {
            seen++;
            Assert.True(hash.Remove(key));
        }

        Assert.Equal((3000, 0), (seen, hash.Count()));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(NoBatches)]
    public async Task A_walk_ends_and_sees_what_stays_while_others_come_and_go(int refused)
    {
        using BpfMap map = Filled(1000, refused, maxEntries: 4000);
        BpfHashMap<uint, ulong> hash = new(map);
        using CancellationTokenSource done = new();
        Task churning = Task.Run(
            () =>
            {
                for (uint i = 0; !done.IsCancellationRequested; i++)
                {
                    uint key = 1000 + i % 1000;
                    hash[key] = 0;
                    hash.Remove(key);
                }
            },
            TestContext.Current.CancellationToken);

        List<int> staying = [];
        for (int i = 0; i < 20; i++)
        {
            HashSet<uint> seen = [];
            foreach (var (key, _) in hash) seen.Add(key);
            staying.Add(seen.Count(key => key < 1000));
        }

        await done.CancelAsync();
        await churning;
        Assert.All(staying, count => Assert.Equal(1000, count));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(NoBatches)]
    public void Walking_allocates_nothing_for_an_entry(int refused)
    {
        using BpfMap few = Filled(10, refused, maxEntries: 2000), many = Filled(2000, refused);
        Sum(few);
        Sum(many);

        long start = GC.GetAllocatedBytesForCurrentThread();
        Sum(few);
        long forFew = GC.GetAllocatedBytesForCurrentThread() - start;
        start = GC.GetAllocatedBytesForCurrentThread();
        ulong sum = Sum(many);
        long forMany = GC.GetAllocatedBytesForCurrentThread() - start;

        Assert.Equal(2000UL * 1999 / 2 * 3, sum);
        Assert.Equal(forFew, forMany);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(NoBatches)]
    public void Buckets_larger_than_the_buffer_are_read_too(int refused)
    {
        // Sixteen entries of 60 kB, of which a buffer takes one, cannot all be alone in one of sixteen buckets that are chosen by a hash.
        using BpfMap map = TestMap.Create(MapType.Hash, 4, 60_000, 16, MapFlags.ZeroSeed);
        map.RefusedBatches = refused;
        byte[] value = new byte[60_000];
        for (int key = 0; key < 16; key++) map.Update(BitConverter.GetBytes(key), value);

        int walked = 0;
        foreach (MapEntry entry in map.Entries) walked += entry.Value.Length / 60_000;
        byte[] keys = new byte[4];
        int drained = 0;
        while (map.Drain(keys, value) is > 0 and int count) drained += count;

        Assert.Equal((16, 16), (walked, drained));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(NoBatches)]
    public void Many_entries_are_stored_and_removed_at_once(int refused)
    {
        using BpfMap map = Filled(0, refused, maxEntries: 1000);
        BpfHashMap<uint, ulong> hash = new(map);
        uint[] keys = [.. Enumerable.Range(0, 1000).Select(k => (uint)k)];

        hash.UpdateMany(keys, [.. keys.Select(k => (ulong)k)]);
        int stored = hash.Count();
        int removed = hash.RemoveMany([1, 5000, 2, 6000, 3]);

        Assert.Equal((1000, 3, 997), (stored, removed, hash.Count()));
        Assert.Equal(999UL, hash[999]);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(NoBatches)]
    public void Storing_more_than_fits_stops_at_the_limit(int refused)
    {
        using BpfMap map = Filled(0, refused, maxEntries: 8);
        BpfHashMap<uint, ulong> hash = new(map);

        var error = Assert.Throws<BpfException>(() => hash.UpdateMany(new uint[] { 0, 1, 2, 3, 4, 5, 6, 7, 8, 9 }, new ulong[10]));

        Assert.Equal((Errno.E2BIG, 8), (error.Errno, hash.Count()));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(NoBatches)]
    public void Only_adding_works_for_many_too(int refused)
    {
        using BpfMap map = Filled(2, refused, maxEntries: 8);

        var error = Assert.Throws<BpfException>(() => map.UpdateMany(new byte[4], new byte[8], UpdateMode.Add));

        Assert.Equal(Errno.EEXIST, error.Errno);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(NoBatches)]
    public void Draining_takes_everything_once(int refused)
    {
        using BpfMap map = Filled(5000, refused);
        BpfHashMap<uint, ulong> hash = new(map);
        uint[] keys = new uint[700];
        ulong[] values = new ulong[700];
        HashSet<uint> seen = [];
        int total = 0;

        while (hash.Drain(keys, values) is > 0 and int count)
        {
            total += count;
            for (int i = 0; i < count; i++)
                if (values[i] == keys[i] * 3UL) seen.Add(keys[i]);
        }

        Assert.Equal((5000, 5000, 0), (total, seen.Count, hash.Count()));
    }

    [Fact]
    public void Arrays_are_walked_by_index()
    {
        using BpfMap map = TestMap.Create(MapType.Array, 4, 8, 3000);
        BpfArray<long> array = new(map);
        for (int i = 0; i < array.Length; i++) array[i] = i;

        long[] copy = new long[3000];
        int count = array.CopyTo(copy);

        Assert.Equal(3000, count);
        Assert.Equal(Enumerable.Range(0, 3000).Select(i => (long)i), array);
        Assert.Equal(copy, array);
    }

    [Fact]
    public void What_a_map_type_cannot_do_at_once_is_done_one_by_one()
    {
        using BpfMap map = TestMap.Create(MapType.Array, 4, 8, 4);

        var error = Assert.Throws<BpfException>(() => map.DeleteMany(new byte[8]));

        Assert.Equal(Errno.EINVAL, error.Errno); // arrays have no deleting at all
    }

    [Fact]
    public void A_map_without_keys_cannot_be_walked()
    {
        using BpfMap map = TestMap.Create(MapType.Queue, 0, 4, 4);

        Assert.Throws<InvalidOperationException>(() => map.Entries.GetEnumerator());
    }

    private static BpfMap Filled(uint count, int refusedBatches, uint maxEntries = 0)
    {
        BpfMap map = TestMap.Create(MapType.Hash, 4, 8, Math.Max(maxEntries, Math.Max(count, 1)));
        map.RefusedBatches = refusedBatches;
        BpfHashMap<uint, ulong> hash = new(map);
        for (uint key = 0; key < count; key++) hash[key] = key * 3UL;
        return map;
    }

    private static ulong Sum(BpfMap map)
    {
        ulong sum = 0;
        foreach (var (_, value) in new BpfHashMap<uint, ulong>(map)) sum += value;
        return sum;
    }
}
