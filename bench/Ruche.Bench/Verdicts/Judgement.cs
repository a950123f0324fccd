// SPDX-License-Identifier: MIT
namespace Ruche.Bench.Verdicts;

/// <summary>What the running kernel's verifier says about a program.</summary>
internal enum Judgement
{
    /// <summary>Something else stood in the way, so the verifier's opinion is not known.</summary>
    NotJudged,

    /// <summary>The program was loaded.</summary>
    Accepted,

    /// <summary>The verifier ran, and refused.</summary>
    Rejected,
}
