// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Links;

/// <summary>What kind of event a perf event or multi-probe link is attached to, as the kernel numbers them.</summary>
public enum LinkEvent
{
    /// <summary>Not told.</summary>
    Unknown,

    /// <summary>Where a user-space function starts, or an instruction in it.</summary>
    Uprobe,

    /// <summary>Where a user-space function returns.</summary>
    Uretprobe,

    /// <summary>Where a kernel function starts, or an instruction in it.</summary>
    Kprobe,

    /// <summary>Where a kernel function returns.</summary>
    Kretprobe,

    /// <summary>A tracepoint.</summary>
    Tracepoint,

    /// <summary>A counter or a clock.</summary>
    PerfEvent,
}
