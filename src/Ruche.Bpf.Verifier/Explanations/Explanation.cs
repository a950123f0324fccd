// SPDX-License-Identifier: MIT
using System.Collections.Immutable;
using Ruche.Bpf.Verifier.Programs;
using Ruche.Bpf.Verifier.Rules;

namespace Ruche.Bpf.Verifier.Explanations;

/// <summary>Why a program is refused, so that a person can mend it. Found by the analysis, or read out of the kernel's log.</summary>
public sealed record Explanation
{
    /// <summary>The rule that is broken.</summary>
    public required Rule Rule { get; init; }

    /// <summary>What exactly is wrong, with the values involved: "`len` may be 0..1500 here, `buf` has 256 bytes".</summary>
    public required string Detail { get; init; }

    /// <summary>The instruction that cannot be allowed; -1 when the program as a whole cannot.</summary>
    public int Slot { get; init; } = -1;

    /// <summary>The instruction as text; empty when unknown.</summary>
    public string Instruction { get; init; } = "";

    /// <summary>The source line of it; null when unknown.</summary>
    public SourcePlace? Place { get; init; }

    /// <summary>The function it is in; empty when unknown.</summary>
    public string Function { get; init; } = "";

    /// <summary>The decisions that lead there, the first one first.</summary>
    public ImmutableArray<PathPlace> Path { get; init; } = [];

    /// <summary>Where the fact that is missing was lost or never learnt: the assignment, the call, the merge; the latest first.</summary>
    public ImmutableArray<PathPlace> Causes { get; init; } = [];

    /// <summary>What would help.</summary>
    public required string Advice { get; init; }
}
