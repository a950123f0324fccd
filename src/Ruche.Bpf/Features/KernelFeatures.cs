// SPDX-License-Identifier: MIT
using Ruche.Bpf.Objects.Specs;
using Ruche.Bpf.Objects.Uapi;

namespace Ruche.Bpf.Features;

/// <summary>What the running kernel can do that not every supported kernel can.</summary>
public static partial class KernelFeatures
{
    /// <summary>Array maps whose values can be mapped into memory.</summary>
    public static FeatureProbe MemoryMappedArray { get; } = new("memory-mapped arrays", new(5, 5), () =>
        MapProbe.Create(MapType.Array, 4, 4, 1, MapFlags.MemoryMapped));

    /// <summary>Ring buffers.</summary>
    public static FeatureProbe RingBuffer { get; } = new("ring buffers", new(5, 8), () =>
        MapProbe.Create(MapType.RingBuf, 0, 0, (uint)Environment.SystemPageSize));

    /// <summary>Ring buffers from user space to programs.</summary>
    public static FeatureProbe UserRingBuffer { get; } = new("user ring buffers", new(6, 1), () =>
        MapProbe.Create(MapType.UserRingBuf, 0, 0, (uint)Environment.SystemPageSize));

    /// <summary>Bloom filters.</summary>
    public static FeatureProbe BloomFilter { get; } = new("bloom filters", new(5, 16), () =>
        MapProbe.Create(MapType.BloomFilter, 0, 4, 1));

    /// <summary>Memory arenas.</summary>
    public static FeatureProbe Arena { get; } = new("arenas", new(6, 9), () =>
        MapProbe.Create(MapType.Arena, 0, 0, 1, MapFlags.MemoryMapped));

    /// <summary>Inner maps that differ in size from the prototype.</summary>
    public static FeatureProbe InnerMapSizes { get; } = new("inner arrays of different sizes", new(5, 10), () =>
        MapProbe.Create(MapType.Array, 4, 4, 1, MapFlags.InnerMap));

    /// <summary>Hash maps whose keys take more than 512 bytes.</summary>
    public static FeatureProbe LargeKeys { get; } = new("keys above 512 bytes", new(5, 11), () =>
        MapProbe.Create(MapType.Hash, 520, 4, 1));

    /// <summary>Reading and writing many entries of a map in one call.</summary>
    public static FeatureProbe BatchOperations { get; } = new("batch operations on maps", new(5, 6), MapProbe.Batch);

    /// <summary>Types for the keys and values of maps.</summary>
    public static FeatureProbe MapTypes { get; } = new("BTF of map keys and values", new(4, 18), MapProbe.Types);

    /// <summary>Every probe.</summary>
    public static IReadOnlyList<FeatureProbe> All =>
    [
        MemoryMappedArray, RingBuffer, UserRingBuffer, BloomFilter, Arena, InnerMapSizes, LargeKeys, BatchOperations, MapTypes,
        BtfFunction, BtfGlobalFunction, BtfDataSection, BtfFloat, BtfDeclTag, BtfTypeTag, BtfEnum64,
        ProgramName, GlobalData, ExpectedAttachType, ProbeReadKernel, AttachCookie, BoundedLoops,
        SignedDivision, FetchingAtomics, MayGoto, PerfEventLink, Tcx, KprobeMulti, UprobeMulti,
    ];
}
