// SPDX-License-Identifier: MIT
namespace Ruche.Trace.Syntax;

/// <summary>One step of a block. The set is closed; <c>if</c> and inner blocks are expressions.</summary>
internal abstract record Statement : SyntaxNode
{
    private Statement(SourceSpan span)
        : base(span)
    {
    }

    /// <summary>An expression whose value nobody takes.</summary>
    public sealed record Evaluate(SourceSpan Span, Expression Expression) : Statement(Span);

    /// <summary><c>_ = x</c>: an expression whose value is not wanted, said so.</summary>
    public sealed record Discard(SourceSpan Span, Expression Expression) : Statement(Span);

    /// <summary><c>x = y</c>, or with <paramref name="Operator"/> <c>x += y</c>; the target is a variable or a map.</summary>
    public sealed record Assign(SourceSpan Span, Expression Target, BinaryOperator? Operator, Expression Value) : Statement(Span);

    /// <summary><c>let $x : type = value</c>.</summary>
    public sealed record Declare(SourceSpan Span, Expression.Variable Variable, TypeName? Type, Expression? Value) : Statement(Span);

    /// <summary><c>for ($x : @map) { }</c>.</summary>
    public sealed record ForEach(SourceSpan Span, Expression.Variable Variable, Expression.Map Map, Expression.Block Body) : Statement(Span);

    /// <summary><c>for ($x : from..to) { }</c>; <paramref name="To"/> is not reached.</summary>
    public sealed record ForRange(SourceSpan Span, Expression.Variable Variable, Expression From, Expression To, Expression.Block Body)
        : Statement(Span);

    /// <summary><c>while (condition) { }</c>.</summary>
    public sealed record While(SourceSpan Span, Expression Condition, Expression.Block Body) : Statement(Span);

    /// <summary><c>unroll (count) { }</c>.</summary>
    public sealed record Unroll(SourceSpan Span, Expression Count, Expression.Block Body) : Statement(Span);

    /// <summary><c>break</c>.</summary>
    public sealed record Break(SourceSpan Span) : Statement(Span);

    /// <summary><c>continue</c>.</summary>
    public sealed record Continue(SourceSpan Span) : Statement(Span);

    /// <summary><c>return</c>, with a value or without.</summary>
    public sealed record Return(SourceSpan Span, Expression? Value) : Statement(Span);

    /// <summary><c>import "path"</c> inside a block.</summary>
    public sealed record Import(SourceSpan Span, Expression.String Path) : Statement(Span);
}
