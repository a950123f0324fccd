// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Verifier.Explanations;

/// <summary>What a verifier log says.</summary>
/// <param name="Verdict">Whether it could be read and explained.</param>
/// <param name="Message">The kernel's last words about the program; empty when there are none.</param>
/// <param name="Explanation">Why the program is refused; null unless the verdict is <see cref="LogVerdict.Explained"/>.</param>
public sealed record LogReport(LogVerdict Verdict, string Message, Explanation? Explanation);
