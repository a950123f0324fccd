// SPDX-License-Identifier: MIT
using Ruche.Bpf.Kernel.Lowering;

namespace Ruche.Bpf.Kernel;

/// <summary>The program runs where any of many kernel functions begins and where it returns. For kernels after 6.18.</summary>
/// <param name="pattern">Which functions: a name in which <c>*</c> and <c>?</c> stand for any letters; when it is left out, the loader is told.</param>
[Section("fsession.multi/{0}", Arguments = ArgumentSource.TypedWords)]
public sealed class FsessionMultiAttribute(string? pattern = null) : BpfProgramAttribute
{
    /// <summary>Which functions.</summary>
    public string? Pattern { get; } = pattern;

    /// <summary>Whether the program may wait, and call helpers that do.</summary>
    public bool IsSleepable { get; init; }
}
