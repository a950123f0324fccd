// SPDX-License-Identifier: MIT
using Ruche.Bpf.Verifier.Rules;

namespace Ruche.Bpf.Verifier.Explanations;

/// <summary>A message of the kernel's verifier, and what it means.</summary>
internal sealed class KernelMessage(string pattern, Rule rule, string detail, string? advice = null)
{
    /// <summary>How the kernel writes it.</summary>
    public MessagePattern Pattern { get; } = new(pattern);

    /// <summary>The rule that the program breaks.</summary>
    public Rule Rule => rule;

    /// <summary>What it means, with the gaps of the pattern: <c>{reg}</c> as it stands, <c>{kind}</c> in words.</summary>
    public string Detail => detail;

    /// <summary>What helps here, when it is more than what the rule says.</summary>
    public string? Advice => advice;

    /// <summary>Whether the message adds to the one before it; alone it still says something.</summary>
    public bool IsAddition { get; init; }
}
