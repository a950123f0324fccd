// SPDX-License-Identifier: MIT
using Ruche.Bpf.Kernel.Lowering;

namespace Ruche.Bpf.Kernel;

/// <summary>
/// The program runs where any of many kernel functions begins and where it returns (6.10), see <see cref="Bpf.SessionIsReturn"/>; what it returns at
/// the beginning says whether it runs at the return, 0, or not, 1.
/// </summary>
/// <param name="pattern">Which functions: a name in which <c>*</c> and <c>?</c> stand for any letters; when it is left out, the loader is told.</param>
[Section("kprobe.session/{0}", Arguments = ArgumentSource.Registers)]
public sealed class KprobeSessionAttribute(string? pattern = null) : BpfProgramAttribute
{
    /// <summary>Which functions.</summary>
    public string? Pattern { get; } = pattern;
}
