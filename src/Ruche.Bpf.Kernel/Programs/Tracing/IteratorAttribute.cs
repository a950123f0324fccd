// SPDX-License-Identifier: MIT
using Ruche.Bpf.Kernel.Lowering;

namespace Ruche.Bpf.Kernel;

/// <summary>The program is run for each object of a kind, when its link is read as a file (5.8).</summary>
/// <param name="target">The kind, such as <c>task</c>, <c>bpf_map</c> or <c>tcp</c>.</param>
[Section("iter/{0}")]
public sealed class IteratorAttribute(string? target = null) : BpfProgramAttribute
{
    /// <summary>The kind, such as <c>task</c>, <c>bpf_map</c> or <c>tcp</c>.</summary>
    public string? Target { get; } = target;

    /// <summary>Whether the program may wait, and call helpers that do.</summary>
    public bool IsSleepable { get; init; }
}
