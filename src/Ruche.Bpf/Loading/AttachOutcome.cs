// SPDX-License-Identifier: MIT
using Ruche.Bpf.Links;
using Ruche.Bpf.Programs;

namespace Ruche.Bpf.Loading;

/// <summary>What became of one program when its object was attached.</summary>
/// <param name="Program">The program.</param>
/// <param name="Link">The attachment, owned by the object; null when it was not attached.</param>
/// <param name="Reason">Why it was not attached, and what to do; null when it was.</param>
public sealed record AttachOutcome(BpfProgram Program, BpfLink? Link, string? Reason)
{
    /// <summary>Whether the program is attached.</summary>
    public bool IsAttached => Link is not null;
}
