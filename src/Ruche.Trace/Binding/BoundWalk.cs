// SPDX-License-Identifier: MIT
using System.Collections.Immutable;
using System.Diagnostics;

using Ruche.Trace.Types;

namespace Ruche.Trace.Binding;

/// <summary>Goes through what is bound.</summary>
internal static class BoundWalk
{
    /// <summary>The variables that statements read or write, again each time.</summary>
    public static IEnumerable<VariableSymbol> VariablesIn(IEnumerable<BoundStatement> statements) =>
        ExpressionsIn(statements).OfType<BoundExpression.Variable>().Select(v => v.Symbol);

    /// <summary>All expressions of statements, parts included.</summary>
    public static IEnumerable<BoundExpression> ExpressionsIn(IEnumerable<BoundStatement> statements) => statements.SelectMany(Expressions).SelectMany(WithParts);

    /// <summary>The statements, and those inside of them, also where a block stands for a value.</summary>
    public static IEnumerable<BoundStatement> StatementsIn(IEnumerable<BoundStatement> statements) =>
        statements.SelectMany(s => StatementsIn(Bodies(s)).Concat(Own(s).SelectMany(StatementsIn)).Prepend(s));

    /// <summary>Whether an expression has blocks of statements in it.</summary>
    public static bool HasStatements(BoundExpression expression) => expression is BoundExpression.Block || Parts(expression).Any(HasStatements);

    /// <summary>Whether an expression may do more than yield a value.</summary>
    public static bool ChangesAnything(BoundExpression expression) => WithParts(expression).Any(e =>
        e is BoundExpression.Step or BoundExpression.Tell or BoundExpression.Block
        || (e is BoundExpression.Call call && (call.Type is TraceType.Nothing || call.Operands.Any(o => o is BoundExpression.MapValue))));

    private static IEnumerable<BoundStatement> StatementsIn(BoundExpression expression) =>
        expression is BoundExpression.Block x ? StatementsIn(x.Statements).Concat(StatementsIn(x.Value)) : Parts(expression).SelectMany(StatementsIn);

    private static IEnumerable<BoundExpression> Expressions(BoundStatement statement) => Own(statement).Concat(Bodies(statement).SelectMany(Expressions));

    private static ImmutableArray<BoundStatement> Bodies(BoundStatement statement) => statement switch
    {
        BoundStatement.If x => [.. x.Then, .. x.Else],
        BoundStatement.While x => x.Body,
        BoundStatement.Unroll x => x.Body,
        BoundStatement.ForRange x => x.Body,
        BoundStatement.ForMap x => x.Body,
        _ => [],
    };

    private static IEnumerable<BoundExpression> Own(BoundStatement statement) => statement switch
    {
        BoundStatement.Evaluate x => [x.Expression],
        BoundStatement.Assign x => [x.Target, x.Value],
        BoundStatement.Aggregate { Value: { } value } x => [x.Target, value],
        BoundStatement.Aggregate x => [x.Target],
        BoundStatement.If x => [x.Condition],
        BoundStatement.While x => [x.Condition],
        BoundStatement.ForRange x => [new BoundExpression.Variable(x.Variable, x.Span), x.First, x.End],
        BoundStatement.ForMap x => [new BoundExpression.Variable(x.Variable, x.Span)],
        BoundStatement.Unroll or BoundStatement.Continue or BoundStatement.Break or BoundStatement.Return => [],
        _ => throw new UnreachableException($"no case for {statement.GetType().Name}"),
    };

    private static IEnumerable<BoundExpression> WithParts(BoundExpression expression) => Parts(expression).SelectMany(WithParts).Prepend(expression);

    private static ImmutableArray<BoundExpression> Parts(BoundExpression expression) => expression switch
    {
        BoundExpression.MapValue { Key: { } key } => [key],
        BoundExpression.Unary x => [x.Operand],
        BoundExpression.Binary x => [x.Left, x.Right],
        BoundExpression.SameBytes x => [x.Left, x.Right],
        BoundExpression.Conditional x => [x.Condition, x.WhenTrue, x.WhenFalse],
        BoundExpression.Field x => [x.Record],
        BoundExpression.At x => [x.Array, x.Position],
        BoundExpression.Element x => [x.Whole],
        BoundExpression.Dereference x => [x.Pointer],
        BoundExpression.Address x => [x.Of],
        BoundExpression.Cast x => [x.Operand],
        BoundExpression.Tuple x => x.Elements,
        BoundExpression.Call x => x.Operands,
        BoundExpression.Tell x => x.Payload,
        BoundExpression.Step x => [x.Target],
        BoundExpression.Block x => [.. x.Statements.SelectMany(Expressions), x.Value],
        _ => [],
    };
}
