// SPDX-License-Identifier: MIT
using Ruche.Bpf.Features;
using Ruche.Bpf.Kernel;
using Ruche.Bpf.Maps;
using Ruche.Bpf.Objects.Specs;
using Ruche.Bpf.Objects.Uapi;

namespace Ruche.Bpf.Tests.Maps;

public sealed class CreateTests : KernelTest
{
    [Theory]
    [InlineData(MapType.Hash, 4, 8, 16)]
    [InlineData(MapType.Array, 4, 8, 16)]
    [InlineData(MapType.ProgArray, 0, 0, 4)]
    [InlineData(MapType.PerfEventArray, 0, 0, 0)]
    [InlineData(MapType.PerCpuHash, 4, 8, 16)]
    [InlineData(MapType.PerCpuArray, 4, 8, 16)]
    [InlineData(MapType.StackTrace, 4, 8 * 127, 16)]
    [InlineData(MapType.CgroupArray, 0, 0, 4)]
    [InlineData(MapType.LruHash, 4, 8, 16)]
    [InlineData(MapType.LruPerCpuHash, 4, 8, 16)]
    [InlineData(MapType.LpmTrie, 8, 8, 16, MapFlags.NoPreallocation)]
    [InlineData(MapType.DevMap, 4, 4, 4)]
    [InlineData(MapType.DevMapHash, 4, 4, 4)]
    [InlineData(MapType.CpuMap, 4, 4, 1)]
    [InlineData(MapType.SockMap, 4, 4, 4)]
    [InlineData(MapType.SockHash, 4, 4, 4)]
    [InlineData(MapType.ReuseportSockArray, 4, 8, 4)]
    [InlineData(MapType.CgroupStorage, 8, 8, 0)]
    [InlineData(MapType.PerCpuCgroupStorage, 8, 8, 0)]
    [InlineData(MapType.Queue, 0, 8, 16)]
    [InlineData(MapType.Stack, 0, 8, 16)]
    [InlineData(MapType.RingBuf, 0, 0, 4096)]
    [InlineData(MapType.UserRingBuf, 0, 0, 4096)]
    [InlineData(MapType.BloomFilter, 0, 8, 16)]
    [InlineData(MapType.Arena, 0, 0, 4, MapFlags.MemoryMapped)]
    [InlineData(MapType.XskMap, 4, 4, 4)]
    [InlineData(MapType.InsnArray, 4, 16, 4)]
    public void Every_kind_of_map_is_made_and_described(MapType type, int keySize, int valueSize, uint maxEntries, MapFlags flags = MapFlags.None)
    {
        if (type is MapType.Arena) Needs(KernelFeatures.Arena);
        if (type is MapType.UserRingBuf) Needs(KernelFeatures.UserRingBuffer);
        if (type is MapType.InsnArray) Since(6, 19, "arrays of instructions");
        if (type is MapType.BloomFilter) Needs(KernelFeatures.BloomFilter);

        using BpfMap map = TestMap.Create(type, keySize, valueSize, maxEntries, flags);

        Assert.NotEqual(0u, map.Id);
        Assert.Equal(
            (type, map.KeySize, map.ValueSize, map.MaxEntries),
            (map.Info.Type, map.Info.KeySize, map.Info.ValueSize, map.Info.MaxEntries));
        Assert.Equal(ObjectName.From($"test_{type}").ToString(), map.Info.Name);
    }

    [Theory]
    [InlineData(MapType.RingBuf, 0, 4096)]
    [InlineData(MapType.RingBuf, 5000, 8192)]
    [InlineData(MapType.RingBuf, 1 << 16, 1 << 16)]
    public void Rings_are_rounded_up_to_a_power_of_two_of_pages(MapType type, uint asked, uint made)
    {
        using BpfMap map = TestMap.Create(type, 0, 0, asked);

        Assert.Equal(made, map.MaxEntries);
    }

    [Fact]
    public void Names_are_cut_and_cleaned_for_the_kernel_only()
    {
        using BpfMap map = BpfMap.Create(TestMap.Spec(MapType.Array, 4, 4, 1) with { Name = "requests-per-second" });

        Assert.Equal("requests-per-second", map.Name);
        Assert.Equal("requests_per_se", map.Info.Name);
    }

    [Theory]
    [InlineData(MapType.Array, 4, 4, 1, MapFlags.NoPreallocation)]
    [InlineData(MapType.LpmTrie, 8, 8, 16, MapFlags.None)]
    [InlineData(MapType.Hash, 0, 4, 1, MapFlags.None)]
    [InlineData((MapType)999, 4, 4, 1, MapFlags.None)]
    public void What_the_kernel_does_not_know_is_refused_with_the_name_and_a_hint(
        MapType type, int keySize, int valueSize, uint maxEntries, MapFlags flags)
    {
        var error = Assert.Throws<BpfException>(() => TestMap.Create(type, keySize, valueSize, maxEntries, flags));

        Assert.Equal(Errno.EINVAL, error.Errno);
        Assert.StartsWith($"create map 'test_{type}': EINVAL; the kernel does not know this map type, or not with", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_map_that_is_too_large_is_refused_with_a_hint()
    {
        var error = Assert.Throws<BpfException>(() => TestMap.Create(MapType.Hash, 4, int.MaxValue, 1));

        Assert.Equal(Errno.E2BIG, error.Errno);
        Assert.Contains("larger than the kernel allows", error.Hint, StringComparison.Ordinal);
    }

    [Fact]
    public void A_map_of_maps_needs_to_know_what_they_look_like() =>
        Assert.Throws<ArgumentException>(() => TestMap.Create(MapType.ArrayOfMaps, 4, 4, 1));

    [Fact]
    public void The_kernel_is_told_the_types_of_keys_and_values()
    {
        Assert.Equal(Errno.None, BtfProbe.TryLoad(BtfProbe.Int, out int fd));
        using BpfFd btf = new(fd);

        using BpfMap map = BpfMap.Create(TestMap.Spec(MapType.Hash, 4, 4, 1), new MapTypeIds(btf, 1, 1));

        Assert.NotEqual(0u, map.Info.BtfId);
        Assert.Equal((1u, 1u), (map.Info.KeyType, map.Info.ValueType));
    }

    [Theory]
    [InlineData(MapType.Hash, 8, 4)]
    [InlineData(MapType.Queue, 0, 4)]
    [InlineData(MapType.StackTrace, 4, 80)]
    public void A_map_whose_types_the_kernel_refuses_works_without(MapType type, int keySize, int valueSize)
    {
        Assert.Equal(Errno.None, BtfProbe.TryLoad(BtfProbe.Int, out int fd));
        using BpfFd btf = new(fd);

        using BpfMap map = BpfMap.Create(TestMap.Spec(type, keySize, valueSize, 1), new MapTypeIds(btf, 1, 1));

        Assert.Equal(0u, map.Info.BtfId);
    }

    [Fact]
    public void A_map_costs_memory_and_says_how_much()
    {
        using BpfMap map = TestMap.Create(MapType.Array, 4, 1024, 1024);

        Assert.InRange(map.MemoryBytes, 1 << 20, 1 << 22);
    }
}
