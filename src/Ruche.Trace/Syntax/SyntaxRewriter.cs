// SPDX-License-Identifier: MIT
using System.Collections.Immutable;
using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;

namespace Ruche.Trace.Syntax;

/// <summary>Makes a tree of another, node by node. Those who derive from it say what becomes of names; all the rest stays as it is.</summary>
internal abstract class SyntaxRewriter
{
    protected abstract Expression OfName(Expression.Identifier x);

    protected abstract Expression OfCall(Expression.Call x);

    protected abstract Expression.Variable OfVariable(Expression.Variable x);

    protected abstract Expression.Map OfMap(Expression.Map x);

    protected abstract Statement OfReturn(Statement.Return x);

    [return: NotNullIfNotNull(nameof(expression))]
    protected virtual Expression? Of(Expression? expression) => expression switch
    {
        null or Expression.Integer or Expression.String or Expression.Boolean or Expression.Positional or Expression.PositionalCount => expression,
        Expression.Identifier x => OfName(x),
        Expression.Variable x => OfVariable(x),
        Expression.Map x => OfMap(x),
        Expression.Unary x => x with { Operand = Of(x.Operand) },
        Expression.Binary x => x with { Left = Of(x.Left), Right = Of(x.Right) },
        Expression.Conditional x => x with { Condition = Of(x.Condition), WhenTrue = Of(x.WhenTrue), WhenFalse = Of(x.WhenFalse) },
        Expression.If x => x with { Condition = Of(x.Condition), Then = OfBlock(x.Then), Else = Of(x.Else) },
        Expression.Block x => OfBlock(x),
        Expression.Comptime x => x with { Operand = Of(x.Operand) },
        Expression.Call x => OfCall(x),
        Expression.Field x => x with { Operand = Of(x.Operand) },
        Expression.Element x => x with { Operand = Of(x.Operand) },
        Expression.Index x => x with { Operand = Of(x.Operand), Position = Of(x.Position) },
        Expression.Cast x => x with { Type = OfType(x.Type), Operand = Of(x.Operand) },
        Expression.Tuple x => x with { Elements = OfEach(x.Elements) },
        Expression.Record x => x with { Fields = [.. x.Fields.Select(f => f with { Value = Of(f.Value) })] },
        Expression.Parenthesized x => x with { Inner = Of(x.Inner) },
        Expression.SizeOf x => x with { Subject = OfSubject(x.Subject) },
        Expression.TypeInfo x => x with { Subject = OfSubject(x.Subject) },
        Expression.OffsetOf x => x with { Subject = OfSubject(x.Subject) },
        Expression.ContainerOf x => x with { Pointer = Of(x.Pointer), Subject = OfSubject(x.Subject) },
        _ => throw new UnreachableException($"no case for {expression.GetType().Name}"),
    };

    protected ImmutableArray<Expression> OfEach(ImmutableArray<Expression> expressions) => [.. expressions.Select(e => Of(e))];

    protected Expression.Block OfBlock(Expression.Block x) => x with { Statements = [.. x.Statements.Select(OfStatement)], Value = Of(x.Value) };

    protected virtual Statement OfStatement(Statement statement) => statement switch
    {
        Statement.Evaluate x => x with { Expression = Of(x.Expression) },
        Statement.Discard x => x with { Expression = Of(x.Expression) },
        Statement.Assign x => x with { Target = Of(x.Target), Value = Of(x.Value) },
        Statement.Declare x => x with { Variable = OfVariable(x.Variable), Type = OfType(x.Type), Value = Of(x.Value) },
        Statement.ForEach x => x with { Variable = OfVariable(x.Variable), Map = OfMap(x.Map), Body = OfBlock(x.Body) },
        Statement.ForRange x => x with { Variable = OfVariable(x.Variable), From = Of(x.From), To = Of(x.To), Body = OfBlock(x.Body) },
        Statement.While x => x with { Condition = Of(x.Condition), Body = OfBlock(x.Body) },
        Statement.Unroll x => x with { Count = Of(x.Count), Body = OfBlock(x.Body) },
        Statement.Return x => OfReturn(x),
        Statement.Break or Statement.Continue or Statement.Import => statement,
        _ => throw new UnreachableException($"no case for {statement.GetType().Name}"),
    };

    [return: NotNullIfNotNull(nameof(type))]
    protected virtual TypeName? OfType(TypeName? type) => type switch
    {
        null or TypeName.Named or TypeName.Tagged => type,
        TypeName.Pointer x => x with { Target = OfType(x.Target) },
        TypeName.Array x => x with { Element = OfType(x.Element), Size = Of(x.Size) },
        TypeName.TypeOf x => x with { Subject = OfSubject(x.Subject) },
        _ => throw new UnreachableException($"no case for {type.GetType().Name}"),
    };

    private SyntaxNode OfSubject(SyntaxNode subject) => subject is TypeName type ? OfType(type) : Of((Expression)subject);
}
