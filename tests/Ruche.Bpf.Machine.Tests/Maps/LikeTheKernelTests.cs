// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;
using Ruche.Bpf.Maps;
using Ruche.Bpf.Objects.Specs;
using Ruche.Bpf.Objects.Uapi;

namespace Ruche.Bpf.Machine.Tests.Maps;

/// <summary>The same random operations on a map of the kernel and one of the machine get the same answers.</summary>
public sealed class LikeTheKernelTests
{
    private const int Steps = 4000;

    private static readonly UpdateMode[] Modes =
        [UpdateMode.Any, UpdateMode.Any, UpdateMode.Any, UpdateMode.Add, UpdateMode.Replace, UpdateMode.Add | UpdateMode.Replace, UpdateMode.Locked, (UpdateMode)8, (UpdateMode)(1ul << 40)];

    public static TheoryData<MapType, int, int, uint, MapFlags> Tables => new()
    {
        { MapType.Hash, 4, 8, 16, MapFlags.None },
        { MapType.Hash, 4, 4, 1, MapFlags.NoPreallocation },
        { MapType.Hash, 8, 3, 40, MapFlags.NoPreallocation },
        { MapType.Hash, 13, 300, 100, MapFlags.ZeroSeed },
        { MapType.Hash, 16, 8, 100, MapFlags.None },
        { MapType.Hash, 1, 1, 300, MapFlags.None },
        { MapType.Hash, 600, 16, 8, MapFlags.ReadOnlyProgram },
        { MapType.Hash, 4, 8, 16, MapFlags.ReadOnly },
        { MapType.PerCpuHash, 4, 8, 16, MapFlags.None },
        { MapType.PerCpuHash, 6, 5, 20, MapFlags.NoPreallocation },
        { MapType.Array, 4, 8, 16, MapFlags.None },
        { MapType.Array, 4, 5, 1, MapFlags.MemoryMapped },
        { MapType.Array, 4, 1000, 33, MapFlags.WriteOnlyProgram },
        { MapType.PerCpuArray, 4, 8, 16, MapFlags.None },
        { MapType.PerCpuArray, 4, 3, 5, MapFlags.None },
        { MapType.DevMap, 4, 4, 5, MapFlags.None },
        { MapType.DevMap, 4, 8, 5, MapFlags.None },
        { MapType.DevMapHash, 4, 4, 5, MapFlags.None },
        { MapType.DevMapHash, 4, 8, 5, MapFlags.None },
        { MapType.CpuMap, 4, 4, 5, MapFlags.None },
        { MapType.StackTrace, 4, 16, 5, MapFlags.None },
        { MapType.XskMap, 4, 4, 5, MapFlags.None },
        { MapType.SockMap, 4, 4, 5, MapFlags.None },
        { MapType.SockMap, 4, 8, 5, MapFlags.None },
        { MapType.SockHash, 4, 8, 5, MapFlags.None },
        { MapType.ReuseportSockArray, 4, 8, 5, MapFlags.None },
        { MapType.ReuseportSockArray, 4, 4, 5, MapFlags.None },
    };

    public static TheoryData<int, int, uint> Tries => new()
    {
        { 5, 1, 6 },
        { 8, 8, 40 },
        { 8, 4, 1000 },
        { 20, 12, 100 },
    };

    [Theory]
    [MemberData(nameof(Tables))]
    public void Tables_answer_as_the_kernel_does(MapType type, int keySize, int valueSize, uint maxEntries, MapFlags flags)
    {
        using TwinMaps twins = new(KernelMaps.Spec(type, keySize, valueSize, maxEntries, flags));
        Random random = new(17);
        byte[] key = new byte[keySize], value = new byte[twins.Kernel.ValueBufferSize];

        for (int step = 0; step < Steps; step++)
        {
            ChooseKey(random, key, maxEntries);
            ChooseValue(random, value, type);
            switch (random.Next(10))
            {
                case < 4 when !HoldsSockets(type): twins.Update(key, value, Modes[random.Next(Modes.Length)]); break;
                case 4: twins.Delete(key); break;
                case 5: twins.Take(key); break;
                case 6 when IsIndexed(type): twins.Next(key); break;
                default: twins.Lookup(key, locked: random.Next(20) == 0); break;
            }

            if (step % 100 == 0 && IsWalkable(type)) twins.Walk();
        }

        if (IsIndexed(type)) twins.Next(default);
    }

    [Theory]
    [MemberData(nameof(Tries))]
    public void Tries_answer_as_the_kernel_does(int keySize, int valueSize, uint maxEntries)
    {
        using TwinMaps twins = new(KernelMaps.Spec(MapType.LpmTrie, keySize, valueSize, maxEntries, MapFlags.NoPreallocation));
        Random random = new(5);
        byte[] key = new byte[keySize], value = new byte[valueSize];

        for (int step = 0; step < Steps; step++)
        {
            ChoosePrefix(random, key);
            random.NextBytes(value);
            switch (random.Next(10))
            {
                case < 4: twins.Update(key, value, Modes[random.Next(Modes.Length)]); break;
                case 4: twins.Delete(key); break;
                case 5: twins.Next(key); break;
                case 6: twins.Take(key); break;
                default: twins.Lookup(key, locked: random.Next(20) == 0); break;
            }

            if (step % 200 == 0) twins.Walk();
        }

        twins.Next(default);
    }

    [Theory]
    [InlineData(MapType.Queue, 4, 5)]
    [InlineData(MapType.Queue, 7, 1)]
    [InlineData(MapType.Stack, 4, 5)]
    [InlineData(MapType.Stack, 200, 33)]
    public void Queues_and_stacks_answer_as_the_kernel_does(MapType type, int valueSize, uint maxEntries)
    {
        using TwinMaps twins = new(KernelMaps.Spec(type, 0, valueSize, maxEntries));
        Random random = new(23);
        byte[] value = new byte[valueSize];

        for (int step = 0; step < Steps; step++)
        {
            random.NextBytes(value);
            switch (random.Next(8))
            {
                case < 4: twins.Update(default, value, Modes[random.Next(Modes.Length)]); break;
                case < 6: twins.Take(default); break;
                case 6: twins.Lookup(default, locked: random.Next(20) == 0); break;
                default: twins.Delete(default); break;
            }
        }

        twins.Next(default);
    }

    [Theory]
    [InlineData(MapType.RingBuf)]
    [InlineData(MapType.UserRingBuf)]
    public void Rings_have_no_entries(MapType type)
    {
        using TwinMaps twins = new(KernelMaps.Spec(type, 0, 0, 4096));

        twins.Lookup(default);
        twins.Update(default, default, UpdateMode.Any);
        twins.Delete(default);
        twins.Next(default);
        twins.Take(default);
    }

    [Fact]
    public void A_bloom_filter_answers_as_the_kernel_does()
    {
        using TwinMaps twins = new(KernelMaps.Spec(MapType.BloomFilter, 0, 8, 1000));

        twins.Lookup(default);
        foreach (var mode in Modes) twins.Update(default, new byte[8], mode);
        twins.Lookup(default);
        twins.Delete(default);
        twins.Next(default);
        twins.Take(default);
    }

    [Theory]
    [InlineData(MapType.Hash)]
    [InlineData(MapType.Array)]
    [InlineData(MapType.Queue)]
    public void A_frozen_map_is_changed_by_programs_only(MapType type)
    {
        bool hasKey = type is not MapType.Queue;
        using TwinMaps twins = new(KernelMaps.Spec(type, hasKey ? 4 : 0, 8, 4));
        byte[] key = new byte[hasKey ? 4 : 0];
        twins.Update(key, new byte[8], UpdateMode.Any);

        ((BpfMap)twins.Kernel).Freeze();
        twins.Machine.Freeze();
        twins.Update(key, new byte[8], UpdateMode.Any);
        twins.Delete(key);
        twins.Take(key);
        twins.Lookup(key);

        Assert.True(twins.Machine.IsFrozen);
        Assert.Equal(KernelMaps.AnswerTo(() => Freeze(((BpfMap)twins.Kernel).Freeze)), KernelMaps.AnswerTo(() => Freeze(twins.Machine.Freeze)));
    }

    [Fact]
    public void A_map_that_is_only_written_from_outside_cannot_be_read_there()
    {
        using TwinMaps twins = new(KernelMaps.Spec(MapType.Hash, 4, 8, 4, MapFlags.WriteOnly));

        twins.Update(new byte[4], new byte[8], UpdateMode.Any);
        twins.Lookup(new byte[4]);
        twins.Take(new byte[4]);
        twins.Next(default);
        twins.Delete(new byte[4]);
    }

    private static MemoryStream Freeze(Action freeze)
    {
        freeze();
        return new();
    }

    private static bool IsIndexed(MapType type) => type is MapType.Array or MapType.PerCpuArray or MapType.DevMap or MapType.CpuMap
        or MapType.XskMap or MapType.SockMap or MapType.ReuseportSockArray;

    // No descriptor of this process is that of a socket which they take.
    private static bool HoldsSockets(MapType type) => type is MapType.XskMap or MapType.SockMap or MapType.SockHash or MapType.ReuseportSockArray;

    private static bool IsWalkable(MapType type) => type is MapType.Hash or MapType.PerCpuHash or MapType.DevMapHash or MapType.StackTrace or MapType.SockHash;

    // Of twice as many keys as fit, now and then a very large one.
    private static void ChooseKey(Random random, Span<byte> key, uint maxEntries)
    {
        key.Clear();
        uint number = random.Next(50) == 0 ? uint.MaxValue : (uint)random.Next((int)maxEntries * 2 + 1);
        MemoryMarshal.AsBytes(new ReadOnlySpan<uint>(in number))[..Math.Min(key.Length, sizeof(uint))].CopyTo(key);
        if (key.Length > sizeof(uint)) key[^1] = (byte)number;
    }

    // Maps of interfaces and CPUs hold what there is on any host: nothing, the loopback interface, or a small queue, and no program.
    private static void ChooseValue(Random random, Span<byte> value, MapType type)
    {
        random.NextBytes(value);
        if (type is not (MapType.DevMap or MapType.DevMapHash or MapType.CpuMap)) return;
        value.Clear();
        value[0] = (byte)random.Next(2);
        if (type is MapType.CpuMap && random.Next(5) == 0) value[3] = 0x7f;
        if (value.Length > sizeof(uint) && random.Next(3) == 0) value[sizeof(uint)..].Fill(0xff);
    }

    // Few different bits, so that prefixes contain each other; lengths up to one too long.
    private static void ChoosePrefix(Random random, Span<byte> key)
    {
        uint length = (uint)random.Next(((key.Length - sizeof(uint)) * 8) + 2);
        MemoryMarshal.Write(key, length);
        for (int i = sizeof(uint); i < key.Length; i++) key[i] = (byte)(random.Next(3) * 0x41);
    }
}
