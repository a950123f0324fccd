// SPDX-License-Identifier: MIT
using Ruche.Bpf.Kernel.Lowering;

namespace Ruche.Bpf.Kernel;

/// <summary>
/// The program is a function in a table of functions that the kernel calls, such as a congestion control or a scheduler (5.6): in each
/// <see cref="BpfStructOps{TTable}"/> of its class that has the member.
/// </summary>
/// <param name="member">The member of the table; the method's name in snake case by default.</param>
[Section("struct_ops/{0}", Arguments = ArgumentSource.TypedWords)]
public sealed class StructOpsAttribute(string? member = null) : BpfProgramAttribute
{
    /// <summary>The member of the table.</summary>
    public string? Member { get; } = member;

    /// <summary>The one table that the program is for, as the map is called; all that have the member by default.</summary>
    public string? Table { get; init; }

    /// <summary>Whether the program may wait, and call helpers that do.</summary>
    public bool IsSleepable { get; init; }
}
