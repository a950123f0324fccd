// SPDX-License-Identifier: MIT
using Ruche.Trace.Syntax;

namespace Ruche.Trace.Tests;

/// <summary>The scripts of the cases hold every kind of node, so what walks trees is tested on each.</summary>
public sealed class ClosedSetTests
{
    [Theory]
    [InlineData(typeof(Declaration))]
    [InlineData(typeof(Statement))]
    [InlineData(typeof(Expression))]
    [InlineData(typeof(TypeName))]
    public void Every_kind_of_node_is_in_a_sample(Type set)
    {
        var seen = SampleScripts.All.SelectMany(text => All(TraceScript.Parse(text, TestScripts.Name).Tree)).Select(n => n.GetType()).ToHashSet();

        Assert.Empty(set.GetNestedTypes().Where(t => t.IsSealed).Except(seen));
    }

    private static IEnumerable<SyntaxNode> All(SyntaxNode node) => SyntaxChildren.Of(node).SelectMany(All).Prepend(node);
}
