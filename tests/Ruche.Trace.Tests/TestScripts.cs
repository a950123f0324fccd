// SPDX-License-Identifier: MIT
using Ruche.Bpf.Objects.Diagnostics;
using Ruche.Trace.Diagnostics;
using Ruche.Trace.Printing;
using Ruche.Trace.Syntax;

namespace Ruche.Trace.Tests;

/// <summary>Scripts as tests want them: read, or refused.</summary>
internal static class TestScripts
{
    public const string Name = "script.bt";

    public static string Shape(string text) => TreeDump.ShapeOf(TraceScript.Parse(text, Name).Tree);

    /// <summary>The shape of what stands between the braces of a probe.</summary>
    public static string ShapeOfBlock(string text) => TreeDump.ShapeOf(Body($"begin {{\n{text}\n}}"));

    public static string ShapeOfExpression(string text) => TreeDump.ShapeOf(Expression(text));

    public static Expression Expression(string text) => Assert.IsType<Statement.Discard>(Body($"begin {{ _ = {text}; }}").Statements[0]).Expression;

    /// <summary>What is said about a script, or that it is accepted.</summary>
    public static string Refusal(string text)
    {
        DiagnosticBag diagnostics = new();
        bool isAccepted = TraceScript.TryParse(text, Name, diagnostics, out _);
        return string.Join('\n', diagnostics.Items.Select(d => DiagnosticText.Render(d, text))) + (isAccepted ? "\naccepted" : "");
    }

    private static Expression.Block Body(string text) =>
        Assert.IsType<Declaration.Probe>(TraceScript.Parse(text, Name).Tree.Declarations[0]).Body;
}
