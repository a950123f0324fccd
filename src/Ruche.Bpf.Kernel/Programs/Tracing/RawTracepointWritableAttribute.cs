// SPDX-License-Identifier: MIT
using Ruche.Bpf.Kernel.Lowering;

namespace Ruche.Bpf.Kernel;

/// <summary>The program runs at a trace point that lets programs write to the memory of its first argument (5.2).</summary>
/// <param name="name">The trace point, such as <c>sched_switch</c>; when it is left out, the loader is told.</param>
[Section("raw_tracepoint.w/{0}", Arguments = ArgumentSource.Words)]
public sealed class RawTracepointWritableAttribute(string? name = null) : BpfProgramAttribute
{
    /// <summary>The trace point, such as <c>sched_switch</c>.</summary>
    public string? Event { get; } = name;
}
