// SPDX-License-Identifier: MIT
using Ruche.Bpf.Machine.Maps;
using Ruche.Bpf.Maps;
using Ruche.Bpf.Objects.Specs;
using Ruche.Bpf.Objects.Uapi;

namespace Ruche.Bpf.Machine.Tests.Maps;

/// <summary>The typed views of live maps, over maps of the machine.</summary>
public sealed class TypedViewTests
{
    [Theory]
    [InlineData(MapType.Hash)]
    [InlineData(MapType.LruHash)]
    public void A_hash_map_is_a_dictionary(MapType type)
    {
        using var map = Create(type, 4, 8, 100);
        BpfHashMap<uint, long> hash = new(map);

        hash[1] = 10;
        hash.Add(2, 20);

        Assert.Equal(Errno.EEXIST, Assert.Throws<BpfException>(() => hash.Add(2, 21)).Errno);
        Assert.False(hash.TryAdd(2, 21) || hash.TryReplace(3, 30) || hash.ContainsKey(3) || hash.Remove(3));
        Assert.True(hash.TryReplace(2, 22) && hash.TryGetValue(2, out long value) && value == 22);
        Assert.Throws<KeyNotFoundException>(() => hash[3]);
        Assert.Equal([(1u, 10L), (2u, 22L)], hash.Select(e => (e.Key, e.Value)).Order());
        Assert.True(hash.Remove(1, out long removed) && removed == 10);
        Assert.Equal(1, hash.Count());
    }

    [Fact]
    public void Many_entries_are_stored_drained_and_removed()
    {
        using var map = Create(MapType.Hash, 4, 8, 1000);
        BpfHashMap<uint, long> hash = new(map);
        uint[] keys = [.. Enumerable.Range(0, 900).Select(i => (uint)i)];

        hash.UpdateMany(keys, [.. keys.Select(k => k * 3L)]);
        int removed = hash.RemoveMany([1, 2, 3, 5000]);
        (uint[] taken, long[] values) = (new uint[600], new long[600]);
        int drained = hash.Drain(taken, values);

        Assert.Equal((3, 600, 297), (removed, drained, hash.Count()));
        Assert.Equal(taken.Select(k => k * 3L), values);
        hash.Clear();
        Assert.Empty(hash);
    }

    [Fact]
    public void A_full_map_says_so_and_the_way_out()
    {
        using var map = Create(MapType.Hash, 4, 8, 1);
        BpfHashMap<uint, long> hash = new(map) { [1] = 1 };

        var full = Assert.Throws<BpfException>(() => hash[2] = 2);

        Assert.Equal("update map 'like_Hash': E2BIG; the map is full; raise max_entries", full.Message);
    }

    [Fact]
    public void What_is_seen_may_be_deleted()
    {
        using var map = Create(MapType.Hash, 4, 8, 500);
        BpfHashMap<uint, long> hash = new(map);
        for (uint i = 0; i < 500; i++) hash[i] = i;

        int seen = 0;
        foreach (var (key, value) in hash) seen += hash.Remove(key) && key == value ? 1 : 0;

        Assert.Equal((500, 0), (seen, hash.Count()));
    }

    [Fact]
    public void An_array_is_an_array()
    {
        using var map = Create(MapType.Array, 4, 8, 3);
        BpfArray<long> array = new(map) { [2] = 7 };
        long[] values = new long[3];

        Assert.Equal(3, array.CopyTo(values));
        Assert.Equal([0L, 0L, 7L], values);
        Assert.Equal([0L, 0L, 7L], array);
        Assert.Throws<ArgumentOutOfRangeException>(() => array[3]);
    }

    [Fact]
    public void Per_CPU_maps_have_as_many_values_as_the_machine_has_CPUs()
    {
        using var hashMap = MachineMap.Create(KernelMaps.Spec(MapType.PerCpuHash, 4, 4, 10), cpuCount: 3);
        using var arrayMap = MachineMap.Create(KernelMaps.Spec(MapType.PerCpuArray, 4, 4, 10), cpuCount: 3);
        BpfPerCpuHashMap<uint, int> hash = new(hashMap);
        BpfPerCpuArray<int> array = new(arrayMap);

        hash.Update(5, [1, 2, 3]);
        array.Update(9, [4, 5, 6]);

        Assert.Equal((3, 3), (hash.CpuCount, array.CpuCount));
        Assert.Equal([1, 2, 3], hash[5]);
        Assert.Equal([4, 5, 6], array[9]);
        foreach (var (key, values) in hash) Assert.Equal((5u, 6), (key, values[0] + values[1] + values[2]));
        Assert.Throws<ArgumentOutOfRangeException>(() => hash.Update(5, [1]));
    }

    [Fact]
    public void A_trie_finds_the_longest_prefix()
    {
        using var map = MachineMap.Create(KernelMaps.Spec(MapType.LpmTrie, 8, 4, 10, MapFlags.NoPreallocation));
        BpfLpmTrie<uint, int> routes = new(map);
        uint network = BitConverter.ToUInt32([10, 1, 0, 0]);

        routes.Update(BitConverter.ToUInt32([10, 0, 0, 0]), 8, 1);
        routes.Update(network, 16, 2);

        Assert.True(routes.TryMatch(BitConverter.ToUInt32([10, 1, 2, 3]), out int longest) && longest == 2);
        Assert.True(routes.TryMatch(BitConverter.ToUInt32([10, 2, 2, 3]), out int shorter) && shorter == 1);
        Assert.False(routes.TryMatch(BitConverter.ToUInt32([11, 2, 2, 3]), out _) || routes.TryAdd(network, 16, 3));
        Assert.Equal([16u, 8u], routes.Select(e => e.Key.PrefixLength));
        Assert.True(routes.Remove(network, 16));
    }

    [Fact]
    public void Queues_stacks_and_filters_have_no_keys()
    {
        using MachineMap queueMap = Create(MapType.Queue, 0, 4, 2), stackMap = Create(MapType.Stack, 0, 4, 2), filterMap = Create(MapType.BloomFilter, 0, 4, 100);
        BpfQueue<int> queue = new(queueMap);
        BpfStack<int> stack = new(stackMap);
        BpfBloomFilter<int> filter = new(filterMap);

        for (int i = 1; i <= 2; i++)
        {
            queue.Enqueue(i);
            stack.Push(i);
            filter.Add(i);
        }

        Assert.False(queue.TryEnqueue(3) || stack.TryPush(3));
        queue.EnqueueOverwriting(3);
        Assert.True(queue.TryPeek(out int oldest) && queue.TryDequeue(out int taken) && (oldest, taken) == (2, 2));
        Assert.True(stack.TryPeek(out int newest) && stack.TryPop(out int popped) && (newest, popped) == (2, 2));
        Assert.True(filter.MayContain(1) && filter.MayContain(2));
        Assert.InRange(Enumerable.Range(3, 1000).Count(i => filter.MayContain(i)), 0, 100);
    }

    [Fact]
    public void Storage_is_kept_by_the_number_of_its_owner()
    {
        using var map = MachineMap.Create(KernelMaps.Spec(MapType.CgrpStorage, 4, 8, 0, MapFlags.NoPreallocation));
        MachineStorage<long> storage = new(map);

        storage.Update(7, 70);

        Assert.True(storage.TryGetValue(7, out long kept) && kept == 70);
        Assert.Equal(Errno.EEXIST, Assert.Throws<BpfException>(() => storage.Update(7, 71, UpdateMode.Add)).Errno);
        Assert.True(storage.Remove(7));
        Assert.False(storage.Remove(7) || storage.TryGetValue(7, out _));
    }

    [Fact]
    public void A_view_that_does_not_fit_is_refused()
    {
        using var map = Create(MapType.Hash, 4, 8, 1);

        Assert.Contains("is a Hash, not a Array", Assert.Throws<ArgumentException>(() => new BpfArray<long>(map)).Message, StringComparison.Ordinal);
        Assert.Contains("values of 8 bytes", Assert.Throws<ArgumentException>(() => new BpfHashMap<uint, int>(map)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Entries_are_seen_as_bytes()
    {
        using var map = Create(MapType.Array, 4, 1, 2);
        map.TryUpdate([1, 0, 0, 0], [9]);

        List<string> seen = [];
        foreach (MapEntry entry in map.Entries) seen.Add($"{entry.Key[0]}={entry.Value[0]}");

        Assert.Equal(["0=0", "1=9"], seen);
    }

    private static MachineMap Create(MapType type, int keySize, int valueSize, uint maxEntries) => MachineMap.Create(KernelMaps.Spec(type, keySize, valueSize, maxEntries));
}
