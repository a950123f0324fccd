// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Verifier.Rules;

/// <summary>A rule that every program must keep.</summary>
/// <param name="Id">Its stable id.</param>
/// <param name="Sentence">What it demands, in one sentence.</param>
/// <param name="Advice">What usually helps when a program breaks it.</param>
public sealed record Rule(string Id, string Sentence, string Advice);
