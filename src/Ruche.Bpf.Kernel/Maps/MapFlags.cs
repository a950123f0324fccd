// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Kernel;

/// <summary>How a map is created: <c>BPF_F_…</c>.</summary>
[Flags]
public enum MapFlags : uint
{
    /// <summary>As usual.</summary>
    None = 0,

    /// <summary>Room for an entry is found when it is added, not when the map is created.</summary>
    NoPreallocation = 1,

    /// <summary>Each CPU has a list of its own of what was used last.</summary>
    NoCommonLru = 1 << 1,

    /// <summary>User space can only read.</summary>
    ReadOnly = 1 << 3,

    /// <summary>User space can only write.</summary>
    WriteOnly = 1 << 4,

    /// <summary>The hash begins with zero, so that it is the same each time.</summary>
    ZeroSeed = 1 << 6,

    /// <summary>Programs can only read.</summary>
    ReadOnlyForPrograms = 1 << 7,

    /// <summary>Programs can only write.</summary>
    WriteOnlyForPrograms = 1 << 8,

    /// <summary>Processes can map it into their memory.</summary>
    Mappable = 1 << 10,

    /// <summary>Entries of a perf event array stay when the process that put them there closes the map.</summary>
    PreserveElements = 1 << 11,

    /// <summary>A map inside another may have another size than its siblings.</summary>
    InnerMap = 1 << 12,

    /// <summary>A table of functions is the kernel's only as long as a link to it is open (6.4). Without it, it stays until somebody takes it away.</summary>
    Link = 1 << 13,
}
