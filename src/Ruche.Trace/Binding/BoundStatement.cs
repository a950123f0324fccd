// SPDX-License-Identifier: MIT
using System.Collections.Immutable;
using Ruche.Trace.Syntax;

namespace Ruche.Trace.Binding;

/// <summary>A statement whose names are looked up. The set is closed.</summary>
internal abstract record BoundStatement(SourceSpan Span)
{
    /// <summary>An expression for what it does.</summary>
    public sealed record Evaluate(BoundExpression Expression, SourceSpan Span) : BoundStatement(Span);

    /// <summary>A variable or map entry is given a value.</summary>
    public sealed record Assign(BoundExpression Target, BoundExpression Value, SourceSpan Span) : BoundStatement(Span);

    /// <summary>A map's aggregate is given one more value; a count is given none.</summary>
    public sealed record Aggregate(BoundExpression.MapValue Target, BoundExpression? Value, SourceSpan Span) : BoundStatement(Span);

    public sealed record If(BoundExpression Condition, ImmutableArray<BoundStatement> Then, ImmutableArray<BoundStatement> Else, SourceSpan Span) : BoundStatement(Span);

    public sealed record While(BoundExpression Condition, ImmutableArray<BoundStatement> Body, SourceSpan Span) : BoundStatement(Span);

    /// <summary>The body again and again, so many times.</summary>
    public sealed record Unroll(int Times, ImmutableArray<BoundStatement> Body, SourceSpan Span) : BoundStatement(Span);

    /// <summary>For each number from the first up to, and without, the end.</summary>
    public sealed record ForRange(VariableSymbol Variable, BoundExpression First, BoundExpression End, ImmutableArray<BoundStatement> Body, SourceSpan Span) : BoundStatement(Span);

    /// <summary>For each entry of a map. <paramref name="Captured"/> are the variables that the body shares with what surrounds it.</summary>
    public sealed record ForMap(VariableSymbol Variable, MapSymbol Map, ImmutableArray<BoundStatement> Body, ImmutableArray<VariableSymbol> Captured, SourceSpan Span) : BoundStatement(Span);

    /// <summary>A loop goes on with the next round.</summary>
    public sealed record Continue(SourceSpan Span) : BoundStatement(Span);

    /// <summary>A loop ends.</summary>
    public sealed record Break(SourceSpan Span) : BoundStatement(Span);

    /// <summary>The program ends.</summary>
    public sealed record Return(SourceSpan Span) : BoundStatement(Span);
}
