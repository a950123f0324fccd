// SPDX-License-Identifier: MIT
using Ruche.Bpf.Kernel.Lowering;

namespace Ruche.Bpf.Kernel;

/// <summary>The program runs where any of many kernel functions begins (5.18).</summary>
/// <param name="pattern">Which functions: a name in which <c>*</c> and <c>?</c> stand for any letters; when it is left out, the loader is told.</param>
[Section("kprobe.multi/{0}", Arguments = ArgumentSource.Registers)]
public sealed class KprobeMultiAttribute(string? pattern = null) : BpfProgramAttribute
{
    /// <summary>Which functions.</summary>
    public string? Pattern { get; } = pattern;
}
