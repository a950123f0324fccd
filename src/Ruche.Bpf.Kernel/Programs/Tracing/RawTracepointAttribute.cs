// SPDX-License-Identifier: MIT
using Ruche.Bpf.Kernel.Lowering;

namespace Ruche.Bpf.Kernel;

/// <summary>The program runs at a trace point and is given its raw arguments (4.17), which only probing helpers can follow.</summary>
/// <param name="name">The trace point, such as <c>sched_switch</c>; when it is left out, the loader is told.</param>
[Section("raw_tracepoint/{0}", Arguments = ArgumentSource.Words)]
public sealed class RawTracepointAttribute(string? name = null) : BpfProgramAttribute
{
    /// <summary>The trace point, such as <c>sched_switch</c>.</summary>
    public string? Event { get; } = name;

    /// <summary>Whether the program may wait, and call helpers that do.</summary>
    public bool IsSleepable { get; init; }
}
