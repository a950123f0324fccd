// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Objects.Specs;

/// <summary>Creation flags of a map: <c>BPF_F_…</c> of <c>BPF_MAP_CREATE</c>.</summary>
[Flags]
public enum MapFlags : uint
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>Allocate entries when they are added.</summary>
    NoPreallocation = 1 << 0,

    /// <summary>One LRU list per CPU.</summary>
    NoCommonLru = 1 << 1,

    /// <summary>Allocate on <see cref="MapSpec.NumaNode"/>.</summary>
    NumaNode = 1 << 2,

    /// <summary>User space may only read.</summary>
    ReadOnly = 1 << 3,

    /// <summary>User space may only write.</summary>
    WriteOnly = 1 << 4,

    /// <summary>Stack traces hold build ids and offsets.</summary>
    StackBuildId = 1 << 5,

    /// <summary>Start hashing from zero.</summary>
    ZeroSeed = 1 << 6,

    /// <summary>Programs may only read.</summary>
    ReadOnlyProgram = 1 << 7,

    /// <summary>Programs may only write.</summary>
    WriteOnlyProgram = 1 << 8,

    /// <summary>Children inherit the storage.</summary>
    Clone = 1 << 9,

    /// <summary>User space may map the values into its memory.</summary>
    MemoryMapped = 1 << 10,

    /// <summary>Keep perf events of the array's creator.</summary>
    PreserveElements = 1 << 11,

    /// <summary>Inner maps may differ in size.</summary>
    InnerMap = 1 << 12,

    /// <summary>Attach struct_ops through a link.</summary>
    Link = 1 << 13,

    /// <summary>A path descriptor is given.</summary>
    PathFd = 1 << 14,

    /// <summary>struct_ops value types come from a module's BTF.</summary>
    ValueTypeBtfObjectFd = 1 << 15,

    /// <summary>A token descriptor is given.</summary>
    TokenFd = 1 << 16,

    /// <summary>An arena fault kills the program.</summary>
    SegvOnFault = 1 << 17,

    /// <summary>Arena: do not convert user addresses.</summary>
    NoUserConversion = 1 << 18,

    /// <summary>The ring buffer overwrites its oldest records.</summary>
    RingBufferOverwrite = 1 << 19,
}
