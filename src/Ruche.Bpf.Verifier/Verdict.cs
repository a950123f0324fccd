// SPDX-License-Identifier: MIT
using Ruche.Bpf.Verifier.Explanations;
using Ruche.Bpf.Verifier.Profiles;

namespace Ruche.Bpf.Verifier;

/// <summary>What a kernel is predicted to say about a program.</summary>
public sealed record Verdict
{
    /// <summary>The program's name.</summary>
    public required string Program { get; init; }

    /// <summary>The kernel.</summary>
    public required KernelProfile Kernel { get; init; }

    /// <summary>Whether it takes the program.</summary>
    public bool IsAccepted => Explanation is null;

    /// <summary>Why it does not; null when it does.</summary>
    public Explanation? Explanation { get; init; }

    /// <summary>What the proof cost.</summary>
    public required ProofStatistics Statistics { get; init; }
}
