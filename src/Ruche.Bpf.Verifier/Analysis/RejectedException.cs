// SPDX-License-Identifier: MIT
using Ruche.Bpf.Verifier.Rules;
using Ruche.Bpf.Verifier.Values;

namespace Ruche.Bpf.Verifier.Analysis;

/// <summary>Ends the analysis: a rule is broken.</summary>
internal sealed class RejectedException(Rule rule, string detail, Value? value = null, string? advice = null, int? slot = null) : Exception(detail)
{
    /// <summary>The rule.</summary>
    public Rule Rule { get; } = rule;

    /// <summary>The instruction, when it is not the one that is looked at; -1 when the program as a whole is meant.</summary>
    public int? Slot { get; } = slot;

    /// <summary>What exactly is wrong, with the values involved.</summary>
    public string Detail { get; } = detail;

    /// <summary>The value that is to blame.</summary>
    public Value? Value { get; } = value;

    /// <summary>Better advice than the rule's.</summary>
    public string? Advice { get; } = advice;
}
