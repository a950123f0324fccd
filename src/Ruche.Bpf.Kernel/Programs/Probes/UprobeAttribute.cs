// SPDX-License-Identifier: MIT
using Ruche.Bpf.Kernel.Lowering;

namespace Ruche.Bpf.Kernel;

/// <summary>The program runs where a function of a process begins. Sleepable ones are from 6.0.</summary>
/// <param name="binary">The program or library, such as <c>/bin/bash</c> or <c>libc</c>; when it is left out, the loader is told.</param>
/// <param name="function">The function in it, with an offset if need be: <c>readline+4</c>.</param>
[Section("uprobe/{0}:{1}", Arguments = ArgumentSource.UserRegisters)]
public sealed class UprobeAttribute(string? binary = null, string? function = null) : BpfProgramAttribute
{
    /// <summary>The program or library, such as <c>/bin/bash</c> or <c>libc</c>.</summary>
    public string? Binary { get; } = binary;

    /// <summary>The function in it, with an offset if need be.</summary>
    public string? Function { get; } = function;

    /// <summary>Whether the program may wait, and call helpers that do.</summary>
    public bool IsSleepable { get; init; }
}
