// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Hooks;

/// <summary>A place in the kernel that programs can be attached to.</summary>
/// <param name="Name">The hook in the field's words.</param>
/// <param name="Section">The section name of a program that is attached there in a trial.</param>
/// <param name="Introduced">The first kernel that has it. Not used for any answer: a "missing" from a newer kernel is worth looking into.</param>
/// <param name="Purpose">What cannot be done without it.</param>
public sealed record KernelHook(string Name, string Section, Version Introduced, string Purpose)
{
    /// <summary>The name of the hook that does the same, less well; empty for none.</summary>
    public string Fallback { get; init; } = "";

    /// <summary>Whether the program goes to a clsact discipline, which kernels with tcx need no more.</summary>
    internal bool IsClassifier { get; init; }
}
