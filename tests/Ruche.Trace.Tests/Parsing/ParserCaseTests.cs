// SPDX-License-Identifier: MIT
namespace Ruche.Trace.Tests.Parsing;

/// <summary>What each construct is read as; see testdata/syntax.</summary>
public sealed class ParserCaseTests
{
    [Fact]
    public void Expressions_are_read() => SyntaxCases.Verify("expressions", TestScripts.ShapeOfExpression);

    [Fact]
    public void Statements_are_read() => SyntaxCases.Verify("statements", TestScripts.ShapeOfBlock);

    [Fact]
    public void Declarations_are_read() => SyntaxCases.Verify("declarations", TestScripts.Shape);

    [Fact]
    public void Every_node_knows_its_place() =>
        SyntaxCases.Verify("places", text => TraceScript.Parse(text, TestScripts.Name).DumpTree());

    [Fact]
    public void Bad_scripts_are_refused_with_the_place_and_a_way_out() => SyntaxCases.Verify("errors", TestScripts.Refusal);
}
