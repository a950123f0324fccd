// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Features;

/// <summary>Asks the running kernel, never its version. Only a conclusive answer is kept. Safe for use from several threads.</summary>
/// <param name="name">What is asked for, in words.</param>
/// <param name="introduced">The first kernel that has it.</param>
/// <param name="ask">How to ask.</param>
public sealed class FeatureProbe(string name, Version introduced, Func<Support> ask)
{
    private Support _answer;

    /// <summary>What is asked for, in words.</summary>
    public string Name => name;

    /// <summary>The first kernel that has it. Not used for the answer: a "no" from a newer kernel is worth looking into.</summary>
    public Version Introduced => introduced;

    /// <summary>Asks, or returns what was learned before.</summary>
    public Support Ask()
    {
        // Racing first calls may ask twice; the answer is the same.
        if (_answer is Support.Unknown) _answer = ask();
        return _answer;
    }
}
