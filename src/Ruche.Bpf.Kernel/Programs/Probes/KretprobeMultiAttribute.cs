// SPDX-License-Identifier: MIT
using Ruche.Bpf.Kernel.Lowering;

namespace Ruche.Bpf.Kernel;

/// <summary>The program runs where any of many kernel functions returns (5.18); its one parameter is what was returned.</summary>
/// <param name="pattern">Which functions: a name in which <c>*</c> and <c>?</c> stand for any letters; when it is left out, the loader is told.</param>
[Section("kretprobe.multi/{0}", Arguments = ArgumentSource.ReturnRegister)]
public sealed class KretprobeMultiAttribute(string? pattern = null) : BpfProgramAttribute
{
    /// <summary>Which functions.</summary>
    public string? Pattern { get; } = pattern;
}
