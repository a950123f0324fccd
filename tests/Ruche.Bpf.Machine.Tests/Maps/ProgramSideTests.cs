// SPDX-License-Identifier: MIT
using Ruche.Bpf.Machine.Maps;
using Ruche.Bpf.Machine.Memory;
using Ruche.Bpf.Objects.Specs;
using Ruche.Bpf.Objects.Uapi;

namespace Ruche.Bpf.Machine.Tests.Maps;

/// <summary>What helpers see: values at addresses, and nothing but values within reach.</summary>
public sealed unsafe class ProgramSideTests
{
    private const int Cpus = 3;

    public static TheoryData<MapType, int, int> MapsWithValues => new()
    {
        { MapType.Hash, 4, 5 },
        { MapType.Hash, 16, 5 },
        { MapType.LruHash, 8, 16 },
        { MapType.PerCpuHash, 4, 12 },
        { MapType.LruPerCpuHash, 4, 8 },
        { MapType.Array, 4, 13 },
        { MapType.PerCpuArray, 4, 6 },
        { MapType.LpmTrie, 8, 7 },
        { MapType.TaskStorage, 4, 9 },
        { MapType.DevMap, 4, 8 },
        { MapType.DevMapHash, 4, 8 },
    };

    [Theory]
    [MemberData(nameof(MapsWithValues))]
    public void Only_bytes_of_values_are_within_reach(MapType type, int keySize, int valueSize)
    {
        using var map = Create(type, keySize, valueSize, 40);
        for (uint i = 0; i < 40; i++) Assert.True(type is MapType.Array or MapType.PerCpuArray || map.Update(Key(i, keySize), Value(i, valueSize), 0, 1) is Errno.None);

        for (uint i = 0; i < 40; i++)
        {
            for (int cpu = 0; cpu < Cpus; cpu++)
            {
                ulong value = (ulong)map.Lookup(Key(i, keySize), cpu);
                Assert.NotEqual(0ul, value);
                Assert.True(map.TryFindRegion(value, (ulong)valueSize, out var region));
                Assert.Equal(((ulong)valueSize, value, map.Name), (region.Length, region.Start, region.Name));
                Assert.True(map.TryFindRegion(value + (ulong)valueSize - 1, 1, out _));
                Assert.False(map.TryFindRegion(value + (ulong)valueSize - 1, 2, out _));
                Assert.False(map.TryFindRegion(value - 1, 2, out _));
            }
        }

        Assert.False(map.TryFindRegion(0, 1, out _));
    }

    [Theory]
    [InlineData(MapFlags.None, MemoryRights.ReadWrite)]
    [InlineData(MapFlags.ReadOnlyProgram, MemoryRights.Read)]
    [InlineData(MapFlags.WriteOnlyProgram, MemoryRights.Write)]
    public void Flags_become_rights(MapFlags flags, object rights)
    {
        using var map = MachineMap.Create(KernelMaps.Spec(MapType.Array, 4, 8, 1, flags));

        map.TryFindRegion((ulong)map.Lookup(new byte[4], 0), 8, out var region);

        Assert.Equal(rights, region.Rights);
    }

    [Fact]
    public void A_data_section_begins_with_its_contents()
    {
        using var map = MachineMap.Create(KernelMaps.Spec(MapType.Array, 4, 8, 1) with { Contents = [1, 2, 3] });
        byte[] value = new byte[8];

        map.TryLookup(new byte[4], value);

        Assert.Equal([1, 2, 3, 0, 0, 0, 0, 0], value);
    }

    [Theory]
    [InlineData(MapType.PerCpuHash)]
    [InlineData(MapType.LruPerCpuHash)]
    public void A_program_that_adds_an_entry_on_one_CPU_leaves_zeros_on_the_others(MapType type)
    {
        using var map = Create(type, 4, 4, 1);
        byte[] values = new byte[8 * Cpus];
        Array.Fill(values, (byte)0xff);
        map.TryUpdate(Key(1, 4), values);
        map.TryDelete(Key(1, 4));

        map.Update(Key(2, 4), Value(7, 4), 0, cpu: 1);
        map.TryLookup(Key(2, 4), values);

        Assert.Equal([0, 0, 0, 0, 0, 0, 0, 0, 7, 7, 7, 7, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0], values);
    }

    [Fact]
    public void Values_of_CPUs_are_apart()
    {
        using var map = Create(MapType.PerCpuArray, 4, 4, 2);

        for (int cpu = 0; cpu < Cpus; cpu++) *(int*)map.Lookup(Key(1, 4), cpu) = cpu + 10;
        byte[] values = new byte[8 * Cpus];
        map.TryLookup(Key(1, 4), values);

        Assert.Equal([10, 11, 12], Enumerable.Range(0, Cpus).Select(cpu => BitConverter.ToInt32(values, cpu * 8)));
        Assert.Equal(0, map.Lookup(Key(1, 4), Cpus));
    }

    [Fact]
    public void A_replaced_value_is_still_what_its_address_shows()
    {
        using var map = Create(MapType.Hash, 4, 4, 8);
        map.Update(Key(1, 4), Value(1, 4), 0, 0);
        byte* old = (byte*)map.Lookup(Key(1, 4), 0);

        map.Update(Key(1, 4), Value(2, 4), 0, 0);

        Assert.Equal((1, 2), (*old, *(byte*)map.Lookup(Key(1, 4), 0)));
        Assert.True(map.TryFindRegion((ulong)old, 4, out _));
    }

    [Theory]
    [InlineData(MapType.Hash)]
    [InlineData(MapType.PerCpuHash)]
    [InlineData(MapType.Array)]
    [InlineData(MapType.LpmTrie)]
    public void Elements_come_with_their_keys_and_without_those_that_are_removed_meanwhile(MapType type)
    {
        int keySize = type is MapType.LpmTrie ? 8 : 4;
        using var map = Create(type, keySize, 4, 10);
        for (uint i = 0; i < 10; i++) map.Update(Key(i, keySize), Value(i, 4), 0, 1);

        List<(uint Key, int Value)> seen = [];
        foreach (var (key, value) in map.Elements(1))
        {
            seen.Add((BitConverter.ToUInt32(key, keySize - 4), *(byte*)value));
            if (type is MapType.Hash or MapType.PerCpuHash && seen.Count == 4)
                for (uint i = 0; i < 10; i++) map.Delete(Key(i, keySize));
        }

        Assert.Equal(type is MapType.Hash or MapType.PerCpuHash ? 4 : 10, seen.Count);
        Assert.All(seen, entry => Assert.Equal((int)entry.Key, entry.Value));
        Assert.Equal(seen.Count, seen.Distinct().Count());
    }

    [Fact]
    public void Storage_is_made_for_an_owner_that_has_none()
    {
        using var map = (StorageMap)Create(MapType.TaskStorage, 4, 8, 0);

        nint made = map.LookupOrAdd(42, [5]);
        nint found = map.LookupOrAdd(42, [6]);

        Assert.Equal((made, 5ul), (found, *(ulong*)made));
        Assert.Equal(made, map.Lookup(Key(42, 4), 0));
    }

    [Fact]
    public void A_stack_has_one_id_and_another_stack_another()
    {
        using var map = (StackTraceMap)MachineMap.Create(KernelMaps.Spec(MapType.StackTrace, 4, 16, 64));
        byte[] stack = new byte[16];

        map.Add([1, 2, 3, 4, 5, 6, 7, 8], 0, out uint first);
        map.Add([1, 2, 3, 4, 5, 6, 7, 8], 0, out uint again);
        map.Add([9, 2, 3, 4, 5, 6, 7, 8], 0, out uint other);
        var errno = map.TryLookup(BitConverter.GetBytes(first), stack);

        Assert.Equal((first, Errno.None), (again, errno));
        Assert.NotEqual(first, other);
        Assert.Equal([1, 2, 3, 4, 5, 6, 7, 8, 0, 0, 0, 0, 0, 0, 0, 0], stack);
        Assert.Equal(Errno.None, map.TryDelete(BitConverter.GetBytes(first)));
    }

    [Fact]
    public void After_disposal_programs_still_reach_the_map_and_nobody_else()
    {
        var map = Create(MapType.Hash, 4, 4, 8);
        map.Update(Key(1, 4), Value(3, 4), 0, 0);

        map.Dispose();

        Assert.Equal(3, *(byte*)map.Lookup(Key(1, 4), 0));
        Assert.Throws<ObjectDisposedException>(() => map.TryDelete(Key(1, 4)));
    }

    private static MachineMap Create(MapType type, int keySize, int valueSize, uint maxEntries)
    {
        bool isStorage = type is MapType.TaskStorage;
        var flags = isStorage || type is MapType.LpmTrie ? MapFlags.NoPreallocation : MapFlags.None;
        return MachineMap.Create(KernelMaps.Spec(type, keySize, valueSize, isStorage ? 0 : maxEntries, flags), Cpus);
    }

    // A key of eight bytes is a full prefix too.
    private static byte[] Key(uint number, int size) => size switch
    {
        16 => [.. new byte[12], .. BitConverter.GetBytes(number)],
        8 => [32, 0, 0, 0, .. BitConverter.GetBytes(number)],
        _ => BitConverter.GetBytes(number),
    };

    // An interface has no program.
    private static byte[] Value(uint number, int size)
    {
        byte[] value = new byte[size];
        value.AsSpan(0, Math.Min(size, 4)).Fill((byte)number);
        if (number == 0 && size == 8) value[0] = 1;
        return value;
    }
}
