// SPDX-License-Identifier: MIT
using Ruche.Bpf.Kernel.Lowering;

namespace Ruche.Bpf.Kernel;

/// <summary>The program runs at a trace point of the kernel and is given its record: <c>/sys/kernel/tracing/events/CATEGORY/NAME/format</c>.</summary>
/// <param name="category">The trace point's category, such as <c>syscalls</c>.</param>
/// <param name="name">Its name, such as <c>sys_enter_openat</c>.</param>
[Section("tracepoint/{0}/{1}")]
public sealed class TracepointAttribute(string category, string name) : BpfProgramAttribute
{
    /// <summary>The trace point's category.</summary>
    public string Category { get; } = category;

    /// <summary>The trace point's name.</summary>
    public string Event { get; } = name;

    /// <summary>Whether the program may wait, and call helpers that do.</summary>
    public bool IsSleepable { get; init; }
}
