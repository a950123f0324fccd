// SPDX-License-Identifier: MIT
namespace Ruche.Bench.Verdicts;

/// <summary>The judgement of a program, and what it rests on.</summary>
/// <param name="Judgement">The judgement.</param>
/// <param name="Error">The kernel's error, or the name of what stopped the program before; empty when it was loaded.</param>
/// <param name="Instructions">How many instructions the verifier walked through; -1 when unknown.</param>
/// <param name="Reason">Why it was refused or not judged, in one line.</param>
/// <param name="Log">The verifier's log; empty when it wrote none. The kernel keeps none of programs it accepts.</param>
/// <param name="TypesRefusal">Why the kernel did not take the object's types, so that the program was judged without; empty when it did.</param>
internal sealed record Verdict(Judgement Judgement, string Error, long Instructions, string Reason, string Log, string TypesRefusal)
{
    public static Verdict NotJudged(string error, string reason) => new(Judgement.NotJudged, error, -1, reason, "", "");
}
