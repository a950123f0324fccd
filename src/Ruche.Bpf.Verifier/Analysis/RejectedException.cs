// SPDX-License-Identifier: MIT
using Ruche.Bpf.Verifier.Rules;
using Ruche.Bpf.Verifier.Values;

namespace Ruche.Bpf.Verifier.Analysis;

/// <summary>Ends the analysis: a rule is broken.</summary>
internal sealed class RejectedException(Rule rule, string detail, Value? value = null, string? advice = null) : Exception(detail)
{
    /// <summary>The rule.</summary>
    public Rule Rule { get; } = rule;

    /// <summary>What exactly is wrong, with the values involved.</summary>
    public string Detail { get; } = detail;

    /// <summary>The value that is to blame.</summary>
    public Value? Value { get; } = value;

    /// <summary>Better advice than the rule's.</summary>
    public string? Advice { get; } = advice;
}
