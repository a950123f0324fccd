// SPDX-License-Identifier: MIT
using Ruche.Bpf.Maps;
using Ruche.Bpf.Objects.Specs;
using Ruche.Bpf.Objects.Uapi;
using static Ruche.Bpf.Objects.Specs.MapFlags;

namespace Ruche.Bpf.Machine.Maps;

/// <summary>What the kernel (6.18) answers to the attributes of a map that is to be created.</summary>
internal static class MapAttributes
{
    /// <summary>The largest piece of memory that the kernel allocates at a time.</summary>
    private const long LargestPiece = 4 << 20;

    /// <summary>The largest value of a per-CPU map.</summary>
    private const int LargestPerCpuValue = 32 << 10;

    private const int HashElementHeader = 48;
    private const int PrefixHeader = sizeof(uint);
    private const int LargestPrefix = PrefixHeader + 256;
    private const int PrefixNode = 280;
    private const int LargestSocketKey = 512;
    private const int BuildIdEntry = 32;
    private const int DeepestStack = 127;
    private const uint MostBuckets = 1u << 27;
    private const uint MostCpus = 8192;

    private const MapFlags UserAccess = ReadOnly | WriteOnly;
    private const MapFlags ProgramAccess = ReadOnlyProgram | WriteOnlyProgram;
    private const MapFlags AllAccess = UserAccess | ProgramAccess;

    public static Errno Check(MapSpec spec)
    {
        if (Both(spec.Flags, UserAccess) || Both(spec.Flags, ProgramAccess)) return Errno.EINVAL;
        if (spec.Extra != 0 && spec.Type is not (MapType.BloomFilter or MapType.Arena)) return Errno.EINVAL;
        if ((spec.Flags & ~AllowedFlags(spec.Type)) != 0) return Errno.EINVAL;
        return CheckType(spec);
    }

    /// <summary>Whether the machine has maps of a type; it has none that only a kernel can have.</summary>
    public static bool IsKnown(MapType type) => type is > MapType.Unspec and <= MapType.CgrpStorage
        and not (MapType.CgroupStorage or MapType.PerCpuCgroupStorage or MapType.StructOps);

    private static MapFlags AllowedFlags(MapType type) => type switch
    {
        MapType.Hash or MapType.HashOfMaps => NoPreallocation | NumaNode | ZeroSeed | AllAccess,
        MapType.PerCpuHash => NoPreallocation | ZeroSeed | AllAccess,
        MapType.LruHash => NoPreallocation | NoCommonLru | NumaNode | ZeroSeed | AllAccess,
        MapType.LruPerCpuHash => NoPreallocation | NoCommonLru | ZeroSeed | AllAccess,
        MapType.Array => NumaNode | AllAccess | MemoryMapped | InnerMap,
        MapType.PerCpuArray => AllAccess,
        MapType.PerfEventArray => NumaNode | UserAccess | PreserveElements,
        MapType.ProgArray or MapType.CgroupArray or MapType.ArrayOfMaps => NumaNode | UserAccess,
        MapType.StackTrace => NumaNode | UserAccess | StackBuildId,
        MapType.LpmTrie => NoPreallocation | NumaNode | AllAccess,
        MapType.DevMap or MapType.DevMapHash or MapType.SockMap or MapType.SockHash or MapType.XskMap => NumaNode | UserAccess,
        MapType.ReuseportSockArray or MapType.Queue or MapType.Stack => NumaNode | AllAccess,
        MapType.BloomFilter => NumaNode | ZeroSeed | AllAccess,
        MapType.CpuMap or MapType.RingBuf or MapType.UserRingBuf => NumaNode,
        MapType.SkStorage or MapType.TaskStorage or MapType.InodeStorage or MapType.CgrpStorage => NoPreallocation | Clone,
        _ => None,
    };

    private static Errno CheckType(MapSpec spec) => spec.Type switch
    {
        MapType.Hash or MapType.PerCpuHash or MapType.LruHash or MapType.LruPerCpuHash or MapType.HashOfMaps => CheckHash(spec),
        MapType.Array or MapType.PerCpuArray => CheckArray(spec),
        MapType.ProgArray or MapType.PerfEventArray or MapType.CgroupArray or MapType.ArrayOfMaps => CheckIndexed(spec, spec.ValueSize is sizeof(uint)),
        MapType.DevMap or MapType.DevMapHash or MapType.SockMap or MapType.ReuseportSockArray =>
            CheckIndexed(spec, spec.ValueSize is sizeof(uint) or sizeof(ulong) && (spec.Type is not MapType.DevMapHash || spec.MaxEntries <= 1u << 31)),
        MapType.XskMap => CheckIndexed(spec, spec.ValueSize is sizeof(uint)),
        MapType.CpuMap => CheckIndexed(spec, spec.ValueSize is sizeof(uint) or sizeof(ulong), spec.MaxEntries > MostCpus),
        MapType.SockHash => CheckSocketHash(spec),
        MapType.StackTrace => CheckStackTrace(spec),
        MapType.LpmTrie => CheckPrefixes(spec),
        MapType.Queue or MapType.Stack => CheckKeyless(spec),
        MapType.BloomFilter => (spec.Extra & ~0xful) != 0 ? Errno.EINVAL : CheckKeyless(spec),
        MapType.RingBuf or MapType.UserRingBuf => CheckRing(spec),
        MapType.SkStorage or MapType.TaskStorage or MapType.InodeStorage or MapType.CgrpStorage => CheckStorage(spec),
        _ => Errno.EINVAL,
    };

    private static Errno CheckHash(MapSpec spec)
    {
        bool isLru = spec.Type is MapType.LruHash or MapType.LruPerCpuHash;
        if (isLru && spec.Flags.HasFlag(NoPreallocation)) return Errno.ENOTSUPP;
        if (spec.MaxEntries == 0 || spec.KeySize == 0 || spec.ValueSize == 0) return Errno.EINVAL;
        if ((long)(uint)spec.KeySize + (uint)spec.ValueSize >= LargestPiece - HashElementHeader) return Errno.E2BIG;
        if (spec.Type.IsPerCpu() && spec.ValueSize > LargestPerCpuValue) return Errno.E2BIG;
        if (spec.MaxEntries > MostBuckets) return Errno.E2BIG;
        return spec.Type is MapType.HashOfMaps ? CheckInner(spec) : Errno.None;
    }

    private static Errno CheckArray(MapSpec spec)
    {
        if (spec.MaxEntries == 0 || spec.KeySize != sizeof(uint) || spec.ValueSize == 0) return Errno.EINVAL;
        return spec.ValueSize < 0 || (spec.Type.IsPerCpu() && spec.ValueSize > LargestPerCpuValue) ? Errno.E2BIG : Errno.None;
    }

    private static Errno CheckIndexed(MapSpec spec, bool hasValueSize, bool isTooLarge = false)
    {
        if (spec.MaxEntries == 0 || spec.KeySize != sizeof(uint) || !hasValueSize) return Errno.EINVAL;
        if (isTooLarge) return Errno.E2BIG;
        return spec.Type is MapType.ArrayOfMaps ? CheckInner(spec) : Errno.None;
    }

    private static Errno CheckInner(MapSpec spec) => spec.Inner switch
    {
        { Type: MapType.ArrayOfMaps or MapType.HashOfMaps } => Errno.EINVAL,
        { Type: MapType.ProgArray or MapType.CgroupStorage or MapType.PerCpuCgroupStorage } => Errno.ENOTSUPP,
        _ => Errno.None,
    };

    private static Errno CheckSocketHash(MapSpec spec)
    {
        if (spec.MaxEntries == 0 || spec.KeySize == 0 || spec.ValueSize is not (sizeof(uint) or sizeof(ulong))) return Errno.EINVAL;
        return (uint)spec.KeySize > LargestSocketKey ? Errno.E2BIG : Errno.None;
    }

    private static Errno CheckStackTrace(MapSpec spec)
    {
        int entry = spec.Flags.HasFlag(StackBuildId) ? BuildIdEntry : sizeof(ulong);
        if (spec.MaxEntries == 0 || spec.KeySize != sizeof(uint) || spec.ValueSize < entry || spec.ValueSize % entry != 0) return Errno.EINVAL;
        if (spec.ValueSize / entry > DeepestStack) return Errno.EINVAL;
        return spec.MaxEntries > 1u << 31 ? Errno.E2BIG : Errno.None;
    }

    private static Errno CheckPrefixes(MapSpec spec) =>
        spec.MaxEntries != 0 && spec.Flags.HasFlag(NoPreallocation)
        && spec.KeySize is > PrefixHeader and <= LargestPrefix && spec.ValueSize is > 0 && spec.ValueSize <= LargestPiece - PrefixNode
            ? Errno.None
            : Errno.EINVAL;

    private static Errno CheckKeyless(MapSpec spec)
    {
        if (spec.MaxEntries == 0 || spec.KeySize != 0 || spec.ValueSize == 0) return Errno.EINVAL;
        return (uint)spec.ValueSize > LargestPiece ? Errno.E2BIG : Errno.None;
    }

    private static Errno CheckRing(MapSpec spec) =>
        uint.IsPow2(spec.MaxEntries) && spec.MaxEntries >= Environment.SystemPageSize ? Errno.None : Errno.EINVAL;

    // The kernel also wants to be told the types, of which the machine makes no use.
    private static Errno CheckStorage(MapSpec spec) =>
        spec.Flags.HasFlag(NoPreallocation) && spec.MaxEntries == 0 && spec.KeySize == sizeof(int) && spec.ValueSize > 0 ? Errno.None : Errno.EINVAL;

    private static bool Both(MapFlags flags, MapFlags pair) => (flags & pair) == pair;
}
