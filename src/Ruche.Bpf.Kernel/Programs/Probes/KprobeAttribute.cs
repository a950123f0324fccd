// SPDX-License-Identifier: MIT
using Ruche.Bpf.Kernel.Lowering;

namespace Ruche.Bpf.Kernel;

/// <summary>The program runs where a kernel function begins, or some bytes after (<c>function+8</c>).</summary>
/// <param name="function">The function, such as <c>tcp_connect</c>; when it is left out, the loader is told.</param>
[Section("kprobe/{0}", Arguments = ArgumentSource.Registers)]
public sealed class KprobeAttribute(string? function = null) : BpfProgramAttribute
{
    /// <summary>The function, such as <c>tcp_connect</c>.</summary>
    public string? Function { get; } = function;
}
