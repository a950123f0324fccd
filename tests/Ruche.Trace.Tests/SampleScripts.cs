// SPDX-License-Identifier: MIT
namespace Ruche.Trace.Tests;

/// <summary>Good scripts of every kind: those of the cases.</summary>
internal static class SampleScripts
{
    public static IReadOnlyList<string> All { get; } =
    [
        .. SyntaxCases.Inputs("expressions").Select(e => $"begin {{ _ = {e}; }}"),
        .. SyntaxCases.Inputs("statements").Select(s => $"begin {{\n{s}\n}}"),
        .. SyntaxCases.Inputs("declarations"),
        .. SyntaxCases.Inputs("places"),
        .. SyntaxCases.Inputs("format"),
    ];
}
