// SPDX-License-Identifier: MIT
using Ruche.Bpf.Kernel.Lowering;

namespace Ruche.Bpf.Kernel;

/// <summary>
/// The program is asked by a security hook (5.7); a negative error forbids what is about to happen. Its last parameter is what was decided before it.
/// </summary>
/// <param name="hook">The hook, such as <c>file_open</c>.</param>
[Section("lsm/{0}", Arguments = ArgumentSource.TypedWords)]
public sealed class LsmAttribute(string? hook = null) : BpfProgramAttribute
{
    /// <summary>The hook, such as <c>file_open</c>.</summary>
    public string? Hook { get; } = hook;

    /// <summary>Whether the program may wait, and call helpers that do.</summary>
    public bool IsSleepable { get; init; }
}
