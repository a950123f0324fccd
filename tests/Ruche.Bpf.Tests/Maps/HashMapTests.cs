// SPDX-License-Identifier: MIT
using Ruche.Bpf.Maps;
using Ruche.Bpf.Objects.Uapi;

namespace Ruche.Bpf.Tests.Maps;

public sealed class HashMapTests : KernelTest, IDisposable
{
    private readonly BpfMap _map = TestMap.Create(MapType.Hash, 4, 8, 4);
    private readonly BpfHashMap<uint, ulong> _hash;

    public HashMapTests() => _hash = new(_map);

    public void Dispose() => _map.Dispose();

    [Fact]
    public void Entries_are_added_read_replaced_and_removed()
    {
        _hash[1] = 10;
        _hash.Add(2, 20);
        bool replaced = _hash.TryReplace(2, 21);
        bool removed = _hash.Remove(1);

        Assert.True(replaced && removed);
        Assert.Equal(21UL, _hash[2]);
        Assert.True(_hash.ContainsKey(2));
        Assert.False(_hash.TryGetValue(1, out _));
        Assert.Equal(1, _hash.Count());
    }

    [Fact]
    public void Expected_misses_are_answers_and_not_exceptions()
    {
        _hash[1] = 10;

        Assert.False(_hash.TryAdd(1, 11));
        Assert.True(_hash.TryAdd(2, 20));
        Assert.False(_hash.TryReplace(3, 30));
        Assert.False(_hash.Remove(3));
        Assert.False(_hash.Remove(3, out _));
        Assert.Equal(10UL, _hash[1]);
    }

    [Fact]
    public void Removing_may_return_the_value()
    {
        _hash[7] = 70;

        bool removed = _hash.Remove(7, out ulong value);

        Assert.Equal((true, 70UL, false), (removed, value, _hash.ContainsKey(7)));
    }

    [Fact]
    public void Adding_what_is_there_names_the_map_and_the_reason()
    {
        _hash[1] = 10;

        var error = Assert.Throws<BpfException>(() => _hash.Add(1, 11));

        Assert.Equal("update map 'test_Hash': EEXIST; the key is there already", error.Message);
    }

    [Fact]
    public void A_full_map_says_so()
    {
        for (uint key = 0; key < 4; key++) _hash[key] = key;

        var error = Assert.Throws<BpfException>(() => _hash[4] = 4);

        Assert.Equal("update map 'test_Hash': E2BIG; the map is full; raise max_entries", error.Message);
    }

    [Fact]
    public void A_missing_key_is_named() =>
        Assert.Equal("map 'test_Hash' has no key 5", Assert.Throws<KeyNotFoundException>(() => _hash[5]).Message);

    [Fact]
    public void An_lru_map_forgets_instead_of_filling_up()
    {
        using BpfMap map = TestMap.Create(MapType.LruHash, 4, 8, 64);
        BpfHashMap<uint, ulong> lru = new(map);

        for (uint key = 0; key < 1000; key++) lru[key] = key;

        Assert.InRange(lru.Count(), 1, 64);
        Assert.True(lru.ContainsKey(999));
    }

    [Fact]
    public void Types_of_other_sizes_are_refused_by_name()
    {
        var key = Assert.Throws<ArgumentException>(() => new BpfHashMap<ulong, ulong>(_map));
        var value = Assert.Throws<ArgumentException>(() => new BpfHashMap<uint, Guid>(_map));
        var type = Assert.Throws<ArgumentException>(() => new BpfArray<ulong>(_map));

        Assert.StartsWith("map 'test_Hash' has keys of 4 bytes, but UInt64 has 8", key.Message, StringComparison.Ordinal);
        Assert.StartsWith("map 'test_Hash' has values of 8 bytes, but Guid has 16", value.Message, StringComparison.Ordinal);
        Assert.StartsWith("map 'test_Hash' is a Hash, not a Array", type.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Bytes_of_other_sizes_are_refused_before_the_kernel_sees_them()
    {
        Assert.Throws<ArgumentException>(() => _map.Update(new byte[3], new byte[8]));
        Assert.Throws<ArgumentException>(() => _map.TryLookup(new byte[4], new byte[7]));
        Assert.Throws<ArgumentException>(() => _map.Delete(new byte[5]));
        Assert.Throws<ArgumentException>(() => _map.TryNextKey(new byte[4], new byte[3]));
    }

    [Fact]
    public void A_disposed_map_is_not_used()
    {
        BpfMap map = TestMap.Create(MapType.Hash, 4, 8, 4);
        map.Dispose();

        Assert.Throws<ObjectDisposedException>(() => map.Delete(new byte[4]));
    }

    [Fact]
    public void A_duplicate_lives_on_its_own()
    {
        BpfMap first = TestMap.Create(MapType.Hash, 4, 8, 4);
        using BpfMap second = first.Duplicate();
        new BpfHashMap<uint, ulong>(first)[1] = 5;

        first.Dispose();

        Assert.Equal(5UL, new BpfHashMap<uint, ulong>(second)[1]);
    }

    [Fact]
    public void Entries_can_be_used_as_a_sequence()
    {
        for (uint key = 0; key < 4; key++) _hash[key] = key * 10;

        Assert.Equal([0UL, 10, 20, 30], _hash.OrderBy(e => e.Key).Select(e => e.Value));
    }

    [Fact]
    public void Clearing_removes_everything()
    {
        for (uint key = 0; key < 4; key++) _hash[key] = key;

        _hash.Clear();

        Assert.Equal(0, _hash.Count());
    }
}
