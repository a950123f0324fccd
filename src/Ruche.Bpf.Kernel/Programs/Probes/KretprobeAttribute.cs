// SPDX-License-Identifier: MIT
using Ruche.Bpf.Kernel.Lowering;

namespace Ruche.Bpf.Kernel;

/// <summary>The program runs where a kernel function returns; its one parameter is what was returned.</summary>
/// <param name="function">The function, such as <c>tcp_connect</c>; when it is left out, the loader is told.</param>
[Section("kretprobe/{0}", Arguments = ArgumentSource.ReturnRegister)]
public sealed class KretprobeAttribute(string? function = null) : BpfProgramAttribute
{
    /// <summary>The function, such as <c>tcp_connect</c>.</summary>
    public string? Function { get; } = function;
}
