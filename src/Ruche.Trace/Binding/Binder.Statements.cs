// SPDX-License-Identifier: MIT
using System.Collections.Immutable;
using System.Diagnostics;
using Ruche.Trace.Diagnostics;
using Ruche.Trace.Syntax;
using Ruche.Trace.Types;

namespace Ruche.Trace.Binding;

internal sealed partial class Binder
{
    private const int MostUnrolled = 100;

    // As much as a text has by default.
    private const int LargestKeptRecord = 1024;

    private ImmutableArray<BoundStatement> BindStatements(Expression.Block block)
    {
        var bound = ImmutableArray.CreateBuilder<BoundStatement>();
        foreach (var statement in block.Statements) Bind(statement, bound);
        if (block.Value is { } value) bound.Add(BindEvaluate(value));
        return bound.ToImmutable();
    }

    private ImmutableArray<BoundStatement> BindInner(Expression.Block block)
    {
        using var scope = _program.Variables.Open();
        return BindStatements(block);
    }

    private void Bind(Statement statement, ImmutableArray<BoundStatement>.Builder bound)
    {
        switch (statement)
        {
            case Statement.Evaluate x: bound.Add(BindEvaluate(x.Expression)); break;
            case Statement.Discard x: bound.Add(new BoundStatement.Evaluate(Bind(x.Expression), x.Span)); break;
            case Statement.Assign x: bound.Add(BindAssign(x)); break;
            case Statement.Declare x: BindDeclare(x, bound); break;
            case Statement.ForEach x: bound.Add(BindForMap(x)); break;
            case Statement.ForRange x: bound.Add(BindForRange(x)); break;
            case Statement.While x: bound.Add(BindWhile(x)); break;
            case Statement.Unroll x: bound.Add(BindUnroll(x)); break;
            case Statement.Break x: bound.Add(InLoop(new BoundStatement.Break(x.Span))); break;
            case Statement.Continue x: bound.Add(InLoop(new BoundStatement.Continue(x.Span))); break;
            case Statement.Return x: BindReturn(x, bound); break;
            case Statement.Import x: Error(TraceDiagnostics.Misplaced, "files are imported outside all braces", x.Span, "move it to the top of the script"); break;
            default: throw new UnreachableException($"no case for {statement.GetType().Name}");
        }
    }

    // An if for what it does needs no value.
    private BoundStatement BindEvaluate(Expression expression) => expression switch
    {
        Expression.If x => BindIf(x),
        Expression.Block x => new BoundStatement.If(new BoundExpression.Number(1, TraceType.Bool, x.Span), BindInner(x), [], x.Span),
        Expression.Parenthesized { Inner: Expression.If or Expression.Block } x => BindEvaluate(x.Inner),
        Expression.Map or Expression.Variable or Expression.Identifier or Expression.Integer => Useless(expression),
        _ => new BoundStatement.Evaluate(Bind(expression), expression.Span),
    };

    private BoundStatement.Evaluate Useless(Expression expression)
    {
        var bound = Bind(expression);
        Warning(TraceDiagnostics.NoEffect, "the value is not used", expression.Span, "assign it, print it, or leave it out");
        return new(bound, expression.Span);
    }

    private BoundStatement.If BindIf(Expression.If x)
    {
        if (x.Condition is Expression.Comptime decided)
        {
            BoundExpression.Number always = new(1, TraceType.Bool, x.Span);
            return Chosen(decided, x.Then, x.Else) is { } way ? new(always, [BindEvaluate(way)], [], x.Span) : new(always, [], [], x.Span);
        }

        var condition = BindCondition(x.Condition);
        var then = BindInner(x.Then);
        ImmutableArray<BoundStatement> otherwise = x.Else switch
        {
            null => [],
            Expression.Block block => BindInner(block),
            Expression.If next => [BindIf(next)],
            _ => [BindEvaluate(x.Else)],
        };
        return new(condition, then, otherwise, x.Span);
    }

    private BoundStatement BindAssign(Statement.Assign x)
    {
        if (x.Operator is { } op)
        {
            var target = x.Target is Expression.Variable unknown && !_program.Variables.TryFind(unknown.Name, out _) ? BindAssigned(unknown) : Bind(x.Target);
            BeginsAsNumber(target);
            var amount = Bind(x.Value);
            var sum = Combine(op, target, amount, x.Span);
            Give(x.Target, target, sum);
            return new BoundStatement.Assign(target, sum, x.Span);
        }

        if (x.Target is Expression.Map map && AggregationOf(x.Value) is { } call) return BindAggregate(map, call, x.Span);
        var value = Bind(x.Value);
        var place = x.Target is Expression.Variable variable ? BindAssigned(variable) : Bind(x.Target);
        Give(x.Target, place, value);
        return new BoundStatement.Assign(place, value, x.Span);
    }

    // What is changed before it is assigned begins as zero.
    private void BeginsAsNumber(BoundExpression target)
    {
        if (target is BoundExpression.MapValue { Map: var map }) map.Value.Add(TraceType.Int64, isTentative: true, ref _changed);
        if (target is BoundExpression.Variable { Symbol: var symbol }) symbol.Inference.Add(TraceType.Int64, isTentative: true, ref _changed);
    }

    private BoundExpression.Variable BindAssigned(Expression.Variable x)
    {
        if (!_program.Variables.TryFindOpen(x.Name, out var symbol)) symbol = _program.Variables.Declare(x.Name);
        return Mentioned(symbol, x.Span);
    }

    private BoundExpression.Variable Mentioned(VariableSymbol symbol, SourceSpan span)
    {
        BoundExpression.Variable variable = new(symbol, span);
        _parts?.Add(span, variable);
        return variable;
    }

    private void BindDeclare(Statement.Declare x, ImmutableArray<BoundStatement>.Builder bound)
    {
        var value = x.Value is null ? null : Bind(x.Value);
        var symbol = _program.Variables.Declare(x.Variable.Name);
        if (x.Type is not null) symbol.Inference.Add(BindType(x.Type), isTentative: false, ref _changed);
        var variable = Mentioned(symbol, x.Variable.Span);
        if (value is null) return;
        Give(x.Variable, variable, value);
        bound.Add(new BoundStatement.Assign(variable, value, x.Span));
    }

    /// <summary>Takes into account what a variable or a map is given.</summary>
    private void Give(Expression syntax, BoundExpression target, BoundExpression value)
    {
        bool isTentative = value is BoundExpression.Number { Value: >= 0, Type: TraceType.Integer };
        var inference = target switch
        {
            BoundExpression.Variable x => x.Symbol.Inference,
            BoundExpression.MapValue x => x.Map.Value,
            _ => null,
        };
        if (inference is null) return;
        if (target is BoundExpression.MapValue given) given.Map.IsGiven = true;
        if (value.Type is TraceType.Nothing && (value is BoundExpression.Tell or BoundExpression.Call || (value is BoundExpression.Block && !_diagnostics.HasErrors))) Error(TraceDiagnostics.NoValue, "this yields no value", value.Span, "a function that has one can be assigned");
        if (inference.Type is TraceType.Aggregate)
        {
            Error(TraceDiagnostics.TypeMismatch, $"'{_source.Slice(syntax.Span)}' sums up what it is given by {inference.Type}, and cannot be assigned", syntax.Span, "use another map for plain values");
            return;
        }

        if (value.Type is TraceType.Record && ValueLayout.SizeOf(value.Type) is 0 or > LargestKeptRecord)
        {
            Error(TraceDiagnostics.TypeMismatch, $"a whole {value.Type} cannot be kept", value.Span, "keep one of its fields, or its address");
            return;
        }

        if (value.Type is TraceType.Record && SpaceOf(value) is MemorySpace.User && SpaceOf(target) is not MemorySpace.User)
        {
            if (target is BoundExpression.Variable { Symbol: var variable }) variable.Space = MemorySpace.User;
            if (target is BoundExpression.MapValue { Map: var map }) map.Space = MemorySpace.User;
            _changed = true;
        }

        var before = inference.Type;
        if (!inference.Add(value.Type is TraceType.Aggregate ? TraceType.Int64 : value.Type, isTentative, ref _changed))
            Error(TraceDiagnostics.TypeMismatch, $"'{_source.Slice(syntax.Span)}' holds {before}, and cannot hold {value.Type}", value.Span);
    }

    private BoundStatement.ForRange BindForRange(Statement.ForRange x)
    {
        var first = BindNumber(x.From);
        var end = BindNumber(x.To);
        using var scope = _program.Variables.Open();
        var variable = _program.Variables.Declare(x.Variable.Name);
        variable.Inference.Add(TraceType.Int64, isTentative: false, ref _changed);
        Mentioned(variable, x.Variable.Span);
        return new(variable, first, end, BindLoop(x.Body), x.Span);
    }

    private BoundStatement.ForMap BindForMap(Statement.ForEach x)
    {
        var map = MapOf(x.Map.Name, x.Map.Span);
        if (!x.Map.Keys.IsEmpty) Error(TraceDiagnostics.TypeMismatch, "a loop goes over all entries of a map", x.Map.Span, $"write {map} without a key");
        map.HasKey ??= true;
        if (map.HasKey is false) Error(TraceDiagnostics.TypeMismatch, $"map '{map}' has no keys, and so no entries to go over", x.Map.Span);
        int mark = _program.Variables.Mark;
        using var scope = _program.Variables.Open();
        var variable = _program.Variables.Declare(x.Variable.Name);
        var value = map.Value.Type is TraceType.Aggregate { Of: var of } ? of is Aggregation.Sum { IsSigned: false } or Aggregation.Count ? TraceType.UInt64 : TraceType.Int64 : map.Value.Type;
        variable.Space = map.Space;
        if (map.Key.Type is not TraceType.Nothing && value is not TraceType.Nothing) variable.Inference.Add(new TraceType.Tuple([map.Key.Type, value]), isTentative: false, ref _changed);
        Mentioned(variable, x.Variable.Span);
        if (_program.Call is { } outer) outer.MapLoops++;
        var body = BindLoop(x.Body);
        if (_program.Call is { } left) left.MapLoops--;
        ImmutableArray<VariableSymbol> captured = [.. BoundWalk.VariablesIn(body).Where(v => _program.Variables.IsBefore(v, mark)).Distinct()];
        return new(variable, map, body, captured, x.Span);
    }

    private BoundStatement.While BindWhile(Statement.While x) => new(BindCondition(x.Condition), BindLoop(x.Body), x.Span);

    private BoundStatement.Unroll BindUnroll(Statement.Unroll x)
    {
        long times = Bind(x.Count) is BoundExpression.Number { Value: var value } ? value : -1;
        if (times is < 1 or > MostUnrolled)
        {
            Error(TraceDiagnostics.BadArgument, $"unroll takes a number from 1 to {MostUnrolled}", x.Count.Span, "use 'for ($i : 0..n)' for more rounds");
            times = 1;
        }

        return new((int)times, BindInner(x.Body), x.Span);
    }

    private ImmutableArray<BoundStatement> BindLoop(Expression.Block body)
    {
        _program.Loops++;
        var bound = BindInner(body);
        _program.Loops--;
        return bound;
    }

    private BoundStatement InLoop(BoundStatement statement)
    {
        if (_program.Loops == 0) Error(TraceDiagnostics.Misplaced, $"'{_source.Slice(statement.Span)}' stands outside of a loop", statement.Span);
        return statement;
    }
}
