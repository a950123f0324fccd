// SPDX-License-Identifier: MIT
using Ruche.Bpf.Machine.Maps;
using Ruche.Bpf.Maps;
using Ruche.Bpf.Objects.Specs;
using Ruche.Bpf.Objects.Uapi;

namespace Ruche.Bpf.Machine.Tests.Maps;

/// <summary>Attributes that the kernel refuses are refused with the same error number, and those that it takes are taken.</summary>
public sealed class CreationTests
{
    private const int LastFlag = 20;
    private const int LargestPiece = 4 << 20;

    public static TheoryData<MapType, int, int, uint, MapFlags> Kinds => new()
    {
        { MapType.Hash, 4, 8, 16, MapFlags.None },
        { MapType.PerCpuHash, 4, 8, 16, MapFlags.None },
        { MapType.LruHash, 4, 8, 16, MapFlags.None },
        { MapType.LruPerCpuHash, 4, 8, 16, MapFlags.None },
        { MapType.Array, 4, 8, 16, MapFlags.None },
        { MapType.PerCpuArray, 4, 8, 16, MapFlags.None },
        { MapType.ProgArray, 4, 4, 4, MapFlags.None },
        { MapType.PerfEventArray, 4, 4, 4, MapFlags.None },
        { MapType.CgroupArray, 4, 4, 4, MapFlags.None },
        { MapType.ArrayOfMaps, 4, 4, 4, MapFlags.None },
        { MapType.HashOfMaps, 4, 4, 4, MapFlags.None },
        { MapType.StackTrace, 4, 80, 16, MapFlags.None },
        { MapType.StackTrace, 4, 96, 16, MapFlags.StackBuildId },
        { MapType.LpmTrie, 8, 8, 16, MapFlags.NoPreallocation },
        { MapType.Queue, 0, 8, 16, MapFlags.None },
        { MapType.Stack, 0, 8, 16, MapFlags.None },
        { MapType.BloomFilter, 0, 8, 16, MapFlags.None },
        { MapType.RingBuf, 0, 0, 4096, MapFlags.None },
        { MapType.UserRingBuf, 0, 0, 4096, MapFlags.None },
        { MapType.DevMap, 4, 4, 4, MapFlags.None },
        { MapType.DevMapHash, 4, 8, 4, MapFlags.None },
        { MapType.CpuMap, 4, 4, 1, MapFlags.None },
        { MapType.XskMap, 4, 4, 4, MapFlags.None },
        { MapType.SockMap, 4, 8, 4, MapFlags.None },
        { MapType.SockHash, 4, 8, 4, MapFlags.None },
        { MapType.ReuseportSockArray, 4, 8, 4, MapFlags.None },
        { MapType.Unspec, 4, 8, 4, MapFlags.None },
        { (MapType)999, 4, 8, 4, MapFlags.None },
    };

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Attributes_are_taken_and_refused_as_by_the_kernel(MapType type, int keySize, int valueSize, uint maxEntries, MapFlags flags)
    {
        KernelMaps.SkipWithoutKernel();
        var usual = KernelMaps.Spec(type, keySize, valueSize, maxEntries, flags);
        if (type is MapType.ArrayOfMaps or MapType.HashOfMaps) usual = usual with { Inner = KernelMaps.Spec(MapType.Array, 4, 4, 1) };

        List<string> differences = [];
        foreach (var spec in Variations(usual))
        {
            var kernel = KernelMaps.AnswerTo(() => BpfMap.Create(spec));
            var machine = KernelMaps.AnswerTo(() => MachineMap.Create(spec));
            if (machine != kernel) differences.Add($"{spec.KeySize} {spec.ValueSize} {spec.MaxEntries} {spec.Flags} {spec.Extra}: {machine}, not {kernel}");
        }

        Assert.Empty(differences);
    }

    [Theory]
    [InlineData(MapType.ArrayOfMaps)]
    [InlineData(MapType.HashOfMaps)]
    public void Maps_of_maps_are_refused_for_what_they_would_hold_as_by_the_kernel(MapType type)
    {
        KernelMaps.SkipWithoutKernel();
        MapSpec[] inners =
        [
            KernelMaps.Spec(MapType.ProgArray, 4, 4, 1),
            KernelMaps.Spec(MapType.Hash, 4, 0, 1),
            KernelMaps.Spec(MapType.LruHash, 4, 4, 1),
            KernelMaps.Spec(MapType.RingBuf, 0, 0, 4096),
            KernelMaps.Spec(MapType.ArrayOfMaps, 4, 4, 1) with { Inner = KernelMaps.Spec(MapType.Array, 4, 4, 1) },
        ];

        Assert.All(inners, inner =>
        {
            var spec = KernelMaps.Spec(type, 4, 4, 2) with { Inner = inner };
            Assert.Equal(KernelMaps.AnswerTo(() => BpfMap.Create(spec)), KernelMaps.AnswerTo(() => MachineMap.Create(spec)));
        });
    }

    [Fact]
    public void A_refusal_says_what_is_wrong()
    {
        var refusal = Assert.Throws<BpfException>(() => MachineMap.Create(KernelMaps.Spec(MapType.Hash, 0, 8, 16)));

        Assert.Equal(Errno.EINVAL, refusal.Errno);
        Assert.StartsWith("create map 'like_Hash': EINVAL; the kernel has no such map with", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(MapType.Arena)]
    [InlineData(MapType.CgroupStorage)]
    public void A_map_that_only_the_kernel_has_is_refused_as_such(MapType type)
    {
        var refusal = Assert.Throws<BpfException>(() => MachineMap.Create(KernelMaps.Spec(type, 8, 8, 0)));

        Assert.Equal($"create map 'like_{type}': EINVAL; the machine has no maps of type {type}", refusal.Message);
    }

    [Fact]
    public void A_map_of_maps_needs_to_know_what_they_look_like() =>
        Assert.Throws<ArgumentException>(() => MachineMap.Create(KernelMaps.Spec(MapType.ArrayOfMaps, 4, 4, 1)));

    private static IEnumerable<MapSpec> Variations(MapSpec usual)
    {
        yield return usual;
        for (int bit = 0; bit <= LastFlag; bit++) yield return usual with { Flags = usual.Flags ^ (MapFlags)(1u << bit) };
        yield return usual with { Flags = usual.Flags | MapFlags.ReadOnly | MapFlags.WriteOnly };
        yield return usual with { Flags = usual.Flags | MapFlags.ReadOnlyProgram | MapFlags.WriteOnlyProgram };
        foreach (int size in (int[])[0, 1, 3, 4, 5, 8, 16, 256, 260, 261, 512, 513, 4096, -1]) yield return usual with { KeySize = size };
        foreach (int size in (int[])[0, 1, 3, 4, 5, 7, 8, 16, 32, 1016, 1017, 1024, 4064, 4096, 32768, 32769, 1 << 21, -1]) yield return usual with { ValueSize = size };
        foreach (int less in (int[])[0, 1, 48, 52, 53, 55, 56, 57, 279, 280, 281]) yield return usual with { ValueSize = LargestPiece - less, MaxEntries = 1 };
        foreach (uint count in (uint[])[0, 1, 3, 5, 100]) yield return usual with { MaxEntries = count };

        // How many CPUs a map of CPUs may have depends on how the kernel was built.
        if (usual.Type is not MapType.CpuMap) yield return usual with { MaxEntries = 8192 };
        foreach (ulong extra in (ulong[])[1, 15, 16, 1ul << 40]) yield return usual with { Extra = extra };
        if (!usual.Flags.HasFlag(MapFlags.NoPreallocation)) yield break;
        foreach (uint count in (uint[])[1u << 27, (1u << 27) + 1, 1u << 31, uint.MaxValue]) yield return usual with { MaxEntries = count };
    }
}
