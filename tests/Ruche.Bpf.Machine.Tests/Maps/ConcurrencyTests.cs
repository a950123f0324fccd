// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;
using Ruche.Bpf.Machine.Maps;
using Ruche.Bpf.Maps;
using Ruche.Bpf.Objects.Specs;
using Ruche.Bpf.Objects.Uapi;

namespace Ruche.Bpf.Machine.Tests.Maps;

/// <summary>Several threads at one map: what stays is always found, and what was never there is not.</summary>
public sealed unsafe class ConcurrencyTests
{
    private const int Rounds = 60_000;
    private const uint Staying = 500;

    [Theory]
    [InlineData(MapType.Hash, 4)]
    [InlineData(MapType.Hash, 8)]
    [InlineData(MapType.Hash, 12)]
    [InlineData(MapType.Hash, 16)]
    [InlineData(MapType.PerCpuHash, 4)]
    [InlineData(MapType.LpmTrie, 8)]
    public void Readers_find_what_stays_while_writers_change_the_rest(MapType type, int keySize)
    {
        var flags = type is MapType.LpmTrie ? MapFlags.NoPreallocation : MapFlags.None;
        using var map = MachineMap.Create(KernelMaps.Spec(type, keySize, 8, 4000, flags), cpuCount: 1);
        for (uint i = 0; i < Staying; i++) map.Update(Key(i, keySize), BitConverter.GetBytes((ulong)i), 0, 0);

        Parallel.Invoke(() => Write(map, keySize, 1), () => Read(map, keySize, 2), () => Write(map, keySize, 3), () => Read(map, keySize, 4));

        Assert.All(Enumerable.Range(0, (int)Staying), i => Assert.Equal((ulong)i, *(ulong*)map.Lookup(Key((uint)i, keySize), 0)));
    }

    [Fact]
    public void Counting_on_several_threads_loses_nothing()
    {
        using var map = MachineMap.Create(KernelMaps.Spec(MapType.Array, 4, 8, 1));

        Parallel.For(0, 4, _ =>
        {
            for (int i = 0; i < Rounds; i++) Interlocked.Increment(ref *(long*)map.Lookup(new byte[4], 0));
        });

        Assert.Equal(4L * Rounds, *(long*)map.Lookup(new byte[4], 0));
    }

    [Fact]
    public void Of_several_threads_that_add_a_key_one_does()
    {
        using var map = MachineMap.Create(KernelMaps.Spec(MapType.Hash, 4, 4, 10_000));
        int added = 0, refused = 0;

        Parallel.For(0, 4, _ =>
        {
            for (uint i = 0; i < 5000; i++)
            {
                var errno = map.TryUpdate(Key(i, 4), new byte[4], UpdateMode.Add);
                if (errno is Errno.None) Interlocked.Increment(ref added);
                else if (errno is Errno.EEXIST) Interlocked.Increment(ref refused);
            }
        });

        Assert.Equal((5000, 15_000), (added, refused));
    }

    private static void Write(MachineMap map, int keySize, int seed)
    {
        Random random = new(seed);
        for (int i = 0; i < Rounds; i++)
        {
            uint number = Staying + (uint)random.Next(2000);
            if (random.Next(2) == 0) map.Delete(Key(number, keySize));
            else map.Update(Key(number, keySize), BitConverter.GetBytes((ulong)number), 0, 0);
        }
    }

    private static void Read(MachineMap map, int keySize, int seed)
    {
        Random random = new(seed);
        for (int i = 0; i < Rounds; i++)
        {
            uint number = (uint)random.Next((int)Staying);
            nint value = map.Lookup(Key(number, keySize), 0);
            Assert.True(value != 0 && *(ulong*)value == number, $"key {number} is lost");
            Assert.Equal(0, map.Lookup(Key(100_000 + number, keySize), 0));
        }
    }

    private static byte[] Key(uint number, int size)
    {
        byte[] key = new byte[size];
        MemoryMarshal.Write(key.AsSpan(size - sizeof(uint)), number);
        if (size == 8) key[0] = 32;
        return key;
    }
}
