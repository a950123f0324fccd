// SPDX-License-Identifier: MIT
using Ruche.Bpf.Kernel.Lowering;

namespace Ruche.Bpf.Kernel;

/// <summary>The program runs where a kernel function returns and is given its arguments and, last, what it returns (5.5).</summary>
/// <param name="function">The function, such as <c>tcp_connect</c>; when it is left out, the loader is told.</param>
[Section("fexit/{0}", Arguments = ArgumentSource.TypedWords)]
public sealed class FexitAttribute(string? function = null) : BpfProgramAttribute
{
    /// <summary>The function, such as <c>tcp_connect</c>.</summary>
    public string? Function { get; } = function;

    /// <summary>Whether the program may wait, and call helpers that do.</summary>
    public bool IsSleepable { get; init; }
}
