// SPDX-License-Identifier: MIT
using Ruche.Bpf.Kernel.Lowering;

namespace Ruche.Bpf.Kernel;

/// <summary>The program is a function in a table of functions that the kernel calls, such as a congestion control or a scheduler (5.6).</summary>
/// <param name="member">The member of the table; the method's name in snake case by default.</param>
[Section("struct_ops/{0}", Arguments = ArgumentSource.TypedWords)]
public sealed class StructOpsAttribute(string? member = null) : BpfProgramAttribute
{
    /// <summary>The member of the table.</summary>
    public string? Member { get; } = member;

    /// <summary>Whether the program may wait, and call helpers that do.</summary>
    public bool IsSleepable { get; init; }
}
