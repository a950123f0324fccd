// SPDX-License-Identifier: MIT
namespace Ruche.Trace.Lowering;

/// <summary>How a program gets to its places.</summary>
internal enum AttachWay
{
    /// <summary>It is run once, on request.</summary>
    Run,

    /// <summary>The kernel runs it for each of some things, once, on request.</summary>
    Iterate,
    PerfEvent,
    Tracepoint,
    RawTracepoint,
    Kprobe,
    KprobeMulti,
    Tracing,
    Uprobe,
    UprobeMulti,
}
