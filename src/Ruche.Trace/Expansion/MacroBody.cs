// SPDX-License-Identifier: MIT
using System.Diagnostics.CodeAnalysis;
using Ruche.Trace.Syntax;

namespace Ruche.Trace.Expansion;

/// <summary>Puts what a C macro stands for where the macro is written: what is wrong in it is told there.</summary>
internal sealed class MacroBody(SourceSpan place) : SyntaxRewriter
{
    /// <summary>The same expression, at the place.</summary>
    public Expression Placed(Expression body) => Of(body);

    [return: NotNullIfNotNull(nameof(expression))]
    protected override Expression? Of(Expression? expression) => base.Of(expression) is { } same ? same with { Span = place } : null;

    protected override Statement OfStatement(Statement statement) => base.OfStatement(statement) with { Span = place };

    [return: NotNullIfNotNull(nameof(type))]
    protected override TypeName? OfType(TypeName? type) => base.OfType(type) is { } same ? same with { Span = place } : null;

    protected override Expression OfName(Expression.Identifier x) => x;

    protected override Expression OfCall(Expression.Call x) => x with { Arguments = OfEach(x.Arguments) };

    protected override Expression.Variable OfVariable(Expression.Variable x) => x with { Span = place };

    protected override Expression.Map OfMap(Expression.Map x) => x with { Keys = OfEach(x.Keys), Span = place };

    protected override Statement OfReturn(Statement.Return x) => x;
}
