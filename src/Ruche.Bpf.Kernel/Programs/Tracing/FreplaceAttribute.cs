// SPDX-License-Identifier: MIT
using Ruche.Bpf.Kernel.Lowering;

namespace Ruche.Bpf.Kernel;

/// <summary>The program takes the place of a global function of another program that is loaded already (5.6), and has the parameters of that.</summary>
/// <param name="function">The function that it replaces; when it is left out, the loader is told.</param>
[Section("freplace/{0}", Arguments = ArgumentSource.Function)]
public sealed class FreplaceAttribute(string? function = null) : BpfProgramAttribute
{
    /// <summary>The function that it replaces.</summary>
    public string? Function { get; } = function;
}
