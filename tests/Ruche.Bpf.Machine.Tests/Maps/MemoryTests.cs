// SPDX-License-Identifier: MIT
using System.Runtime.CompilerServices;
using Ruche.Bpf.Machine.Maps;
using Ruche.Bpf.Objects.Uapi;

namespace Ruche.Bpf.Machine.Tests.Maps;

/// <summary>What maps cost. Looks at the whole process, so nothing else runs meanwhile.</summary>
[CollectionDefinition(nameof(MemoryTests), DisableParallelization = true)]
[Collection(nameof(MemoryTests))]
public sealed class MemoryTests
{
    private const long Noise = 64 << 20;

    [Theory]
    [InlineData(MapType.Hash)]
    [InlineData(MapType.Array)]
    public void A_million_entries_cost_nothing_at_first(MapType type)
    {
        long before = Environment.WorkingSet;
        using var map = MachineMap.Create(KernelMaps.Spec(type, 4, 4096, 1 << 20));

        Assert.Equal(Errno.None, map.TryUpdate(new byte[4], new byte[4096]));
        Assert.InRange(Environment.WorkingSet - before, long.MinValue, Noise);
    }

    [Fact]
    public void Looking_up_and_updating_allocate_nothing()
    {
        using var map = MachineMap.Create(KernelMaps.Spec(MapType.Hash, 4, 8, 100));
        Use(map, rounds: 10);
        long before = GC.GetAllocatedBytesForCurrentThread();

        Use(map, rounds: 1000);

        // The smallest object has 24 bytes; the runtime may allocate a little for itself.
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 12_000);
    }

    [Fact]
    public void Maps_that_nobody_refers_to_give_their_memory_back()
    {
        byte[] value = new byte[8 << 20];
        Array.Fill(value, (byte)1);
        long before = Environment.WorkingSet;

        for (int i = 0; i < 32; i++) Fill(value);
        GC.Collect();
        GC.WaitForPendingFinalizers();

        Assert.InRange(Environment.WorkingSet - before, long.MinValue, Noise);
    }

    private static void Use(MachineMap map, int rounds)
    {
        (byte[] key, byte[] value) = (new byte[4], new byte[8]);
        for (int i = 0; i < rounds; i++)
        {
            map.Update(key, value, 0, 0);
            map.Lookup(key, 0);
            map.TryLookup(key, value);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Fill(byte[] value)
    {
        using var map = MachineMap.Create(KernelMaps.Spec(MapType.Array, 4, value.Length, 1));
        Assert.Equal(Errno.None, map.TryUpdate(new byte[4], value));
    }
}
