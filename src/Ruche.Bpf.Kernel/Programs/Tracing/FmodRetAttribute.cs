// SPDX-License-Identifier: MIT
using Ruche.Bpf.Kernel.Lowering;

namespace Ruche.Bpf.Kernel;

/// <summary>
/// The program runs in place of a kernel function that allows it; when it returns something other than 0, the function is not run and that is its
/// result (5.7). Its last parameter is the result so far.
/// </summary>
/// <param name="function">The function, such as <c>tcp_connect</c>; when it is left out, the loader is told.</param>
[Section("fmod_ret/{0}", Arguments = ArgumentSource.TypedWords)]
public sealed class FmodRetAttribute(string? function = null) : BpfProgramAttribute
{
    /// <summary>The function, such as <c>tcp_connect</c>.</summary>
    public string? Function { get; } = function;

    /// <summary>Whether the program may wait, and call helpers that do.</summary>
    public bool IsSleepable { get; init; }
}
