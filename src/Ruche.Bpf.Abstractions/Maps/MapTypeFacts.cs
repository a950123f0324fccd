// SPDX-License-Identifier: MIT
using System.Numerics;
using Ruche.Bpf.Objects.Specs;
using Ruche.Bpf.Objects.Uapi;

namespace Ruche.Bpf.Maps;

/// <summary>What the kernel does differently for some map types.</summary>
internal static class MapTypeFacts
{
    /// <summary>Whether every entry has one value for each CPU.</summary>
    public static bool IsPerCpu(this MapType type) => type is MapType.PerCpuHash or MapType.PerCpuArray
        or MapType.LruPerCpuHash or MapType.PerCpuCgroupStorage;

    /// <summary>Whether values are written as descriptors and read as ids.</summary>
    public static bool HoldsDescriptors(this MapType type) => type is MapType.ProgArray or MapType.PerfEventArray
        or MapType.CgroupArray or MapType.ArrayOfMaps or MapType.HashOfMaps;

    /// <summary>Whether entries have no keys.</summary>
    public static bool IsKeyless(this MapType type) => type is MapType.Queue or MapType.Stack or MapType.BloomFilter;

    /// <summary>Whether <c>max_entries</c> counts the bytes of a ring.</summary>
    public static bool IsRing(this MapType type) => type is MapType.RingBuf or MapType.UserRingBuf;

    /// <summary>Whether the kernel refuses to be told the types of keys and values.</summary>
    public static bool RefusesTypes(this MapType type) => type.HoldsDescriptors() || type.IsKeyless() || type.IsRing() || type is
        MapType.StackTrace or MapType.DevMap or MapType.DevMapHash or MapType.CpuMap or MapType.XskMap or MapType.SockMap
        or MapType.SockHash or MapType.Arena or MapType.ReuseportSockArray or MapType.InsnArray;

    /// <summary>Bytes that a system call reads or writes for one value.</summary>
    public static int ValueBufferSize(this MapType type, int valueSize, int cpuCount) => type switch
    {
        _ when type.IsPerCpu() => checked(PerCpuStride(valueSize) * cpuCount),
        _ when type.HoldsDescriptors() => sizeof(uint),
        _ => valueSize,
    };

    /// <summary>Bytes from one CPU's value to the next one's.</summary>
    public static int PerCpuStride(int valueSize) => checked(valueSize + 7) & ~7;

    /// <summary>The spec with the sizes that its type prescribes filled in.</summary>
    public static MapSpec Complete(this MapSpec spec, int cpuCount)
    {
        if (spec.Type.HoldsDescriptors())
            spec = spec with { KeySize = spec.KeySize == 0 ? sizeof(uint) : spec.KeySize, ValueSize = sizeof(uint) };
        if (spec.Type.IsRing()) return spec with { KeySize = 0, ValueSize = 0, MaxEntries = RoundRing(spec.MaxEntries) };
        return spec.Type is MapType.PerfEventArray && spec.MaxEntries == 0 ? spec with { MaxEntries = (uint)cpuCount } : spec;
    }

    private static uint RoundRing(uint bytes)
    {
        uint page = (uint)Environment.SystemPageSize;
        return bytes <= page ? page : bytes > 1u << 31 ? bytes : BitOperations.RoundUpToPowerOf2(bytes);
    }
}
