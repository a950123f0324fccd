// SPDX-License-Identifier: MIT
using Ruche.Bpf.Kernel.Lowering;

namespace Ruche.Bpf.Kernel;

/// <summary>The program runs where any of many functions of a program or library begins (6.6).</summary>
/// <param name="binary">The program or library, such as <c>/bin/bash</c> or <c>libc</c>; when it is left out, the loader is told.</param>
/// <param name="pattern">Which functions of it: a name in which <c>*</c> and <c>?</c> stand for any letters.</param>
[Section("uprobe.multi/{0}:{1}", Arguments = ArgumentSource.UserRegisters)]
public sealed class UprobeMultiAttribute(string? binary = null, string? pattern = null) : BpfProgramAttribute
{
    /// <summary>The program or library, such as <c>/bin/bash</c> or <c>libc</c>.</summary>
    public string? Binary { get; } = binary;

    /// <summary>Which functions of it.</summary>
    public string? Pattern { get; } = pattern;

    /// <summary>Whether the program may wait, and call helpers that do.</summary>
    public bool IsSleepable { get; init; }
}
