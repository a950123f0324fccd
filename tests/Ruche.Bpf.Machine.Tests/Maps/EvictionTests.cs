// SPDX-License-Identifier: MIT
using Ruche.Bpf.Machine.Maps;
using Ruche.Bpf.Maps;
using Ruche.Bpf.Objects.Uapi;

namespace Ruche.Bpf.Machine.Tests.Maps;

/// <summary>LRU maps are never full. Which entry goes is the kernel's affair; that a key just written is there is a promise.</summary>
public sealed class EvictionTests
{
    private const uint MaxEntries = 64;

    [Theory]
    [InlineData(MapType.LruHash)]
    [InlineData(MapType.LruPerCpuHash)]
    public void An_LRU_map_is_never_full_and_has_what_was_just_written(MapType type)
    {
        KernelMaps.SkipWithoutKernel();
        var spec = KernelMaps.Spec(type, 4, 8, MaxEntries);
        using var kernel = BpfMap.Create(spec);
        using var machine = MachineMap.Create(spec, cpuCount: 3);

        Assert.All<IBpfMap>([kernel, machine], WriteManyTo);
    }

    [Fact]
    public void What_programs_look_up_stays_longer()
    {
        using var map = MachineMap.Create(KernelMaps.Spec(MapType.LruHash, 4, 8, 8));
        byte[] used = BitConverter.GetBytes(0);
        for (int i = 0; i < 8; i++) map.TryUpdate(BitConverter.GetBytes(i), new byte[8]);

        for (int i = 8; i < 100; i++)
        {
            Assert.NotEqual(0, map.Lookup(used, 0));
            Assert.Equal(Errno.None, map.TryUpdate(BitConverter.GetBytes(i), new byte[8]));
        }

        Assert.Equal(8, Count(map));
    }

    [Fact]
    public void Walking_is_no_use()
    {
        using var map = MachineMap.Create(KernelMaps.Spec(MapType.LruHash, 4, 8, 2));
        for (int i = 0; i < 2; i++) map.TryUpdate(BitConverter.GetBytes(i), new byte[8]);

        Assert.Equal(2, map.Elements(0).Count());
        map.Lookup(BitConverter.GetBytes(0), 0);
        map.TryUpdate(BitConverter.GetBytes(2), new byte[8]);

        Assert.Equal(0, map.Lookup(BitConverter.GetBytes(1), 0));
    }

    [Fact]
    public void All_entries_being_used_does_not_keep_a_new_one_out()
    {
        using var map = MachineMap.Create(KernelMaps.Spec(MapType.LruHash, 4, 8, 8));
        for (int i = 0; i < 8; i++)
        {
            map.TryUpdate(BitConverter.GetBytes(i), new byte[8]);
            map.Lookup(BitConverter.GetBytes(i), 0);
        }

        var errno = map.TryUpdate(BitConverter.GetBytes(8), new byte[8]);

        Assert.Equal((Errno.None, 8), (errno, Count(map)));
        Assert.NotEqual(0, map.Lookup(BitConverter.GetBytes(8), 0));
        Assert.Equal(0, map.Lookup(BitConverter.GetBytes(0), 0));
    }

    private static void WriteManyTo(IBpfMap map)
    {
        Random random = new(1);
        byte[] value = new byte[map.ValueBufferSize], found = new byte[map.ValueBufferSize];
        for (int step = 0; step < 5000; step++)
        {
            byte[] key = BitConverter.GetBytes(random.Next(500));
            random.NextBytes(value);
            if (random.Next(10) == 0)
            {
                map.TryDelete(key);
                Assert.Equal(Errno.ENOENT, map.TryLookup(key, found));
            }
            else
            {
                Assert.Equal(Errno.None, map.TryUpdate(key, value));
                Assert.Equal(Errno.None, map.TryLookup(key, found));
                Assert.Equal(value, found);
            }

            if (step % 500 == 0) Assert.InRange(Count(map), 0, (int)MaxEntries);
        }

        Assert.Equal(Errno.EINVAL, map.TryUpdate(new byte[4], value, UpdateMode.Add | UpdateMode.Replace));
        Assert.Equal(Errno.EINVAL, map.TryUpdate(new byte[4], value, UpdateMode.Locked));
    }

    private static int Count(IBpfMap map)
    {
        byte[] key = new byte[map.KeySize];
        int count = 0;
        for (var errno = map.TryNextKey(default, key); errno is Errno.None; errno = map.TryNextKey(key, key)) count++;
        return count;
    }
}
