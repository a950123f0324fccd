// SPDX-License-Identifier: MIT
using System.Collections.Immutable;
using Ruche.Bpf.Compiler.Ir;
using Ruche.Trace.Binding;
using Ruche.Trace.Diagnostics;
using Ruche.Trace.Events;
using Ruche.Trace.Lowering;
using Ruche.Trace.Syntax;
using Ruche.Trace.Types;

namespace Ruche.Trace.Functions;

/// <summary>Functions that change or ask maps.</summary>
internal static class MapFunctions
{
    public const string HasKey = "has_key";

    public static ImmutableArray<TraceFunction> All { get; } =
    [
        new("clear", 1, 1, (b, call, _) => Whole(b, call, m => new TraceEvent.ClearMap(m) { Span = call.Span })) { Usage = "clear(@map)" },
        new("zero", 1, 1, (b, call, _) => Whole(b, call, m => new TraceEvent.ZeroMap(m) { Span = call.Span })) { Usage = "zero(@map)" },
        new("delete", 1, int.MaxValue, BindDelete) { Usage = "delete(@map, key) or delete(@map[key])", Value = (l, x) => x.Operands.Aggregate((Value)ProbeLowering.Number(0), (_, a) => Entry(a, l.Delete)) },
        new(HasKey, 2, 2, (b, call, f) => BindEntry(b, call, f, TraceType.Bool)) { Usage = "has_key(@map, key)", Value = (l, x) => Entry(x.Operands[0], l.Has) },
        new("len", 1, 1, BindLength) { Usage = "len(@map), len(kstack) or len(ustack)", Value = LowerLength },
        new("find", 3, 3, BindFound) { Usage = "find(@map, key, $variable)" },
    ];

    private static Value Entry(BoundExpression entry, Func<MapSymbol, BoundExpression?, Value> lower) =>
        entry is BoundExpression.MapValue x ? lower(x.Map, x.Key) : ProbeLowering.Number(0);

    private static BoundExpression Whole(Binder binder, Expression.Call call, Func<MapSymbol, TraceEvent> told) =>
        binder.MapArgument(call, 0) is { } map ? new BoundExpression.Tell(told(map), [], call.Span) : new BoundExpression.Nothing(call.Span);

    private static BoundExpression BindDelete(Binder binder, Expression.Call call, TraceFunction function)
    {
        // delete(@map, key) of today, delete(@map[key], ...) of before.
        if (call.Arguments is [Expression.Map { Keys.IsEmpty: true }, not Expression.Map]) return BindEntry(binder, call, function, TraceType.Bool);
        foreach (var argument in call.Arguments)
        {
            if (argument is not Expression.Map) binder.Error(TraceDiagnostics.BadArgument, "delete takes an entry of a map", argument.Span, function.Usage);
        }

        return new BoundExpression.Call(function, [.. call.Arguments.OfType<Expression.Map>().Select(binder.BindMap)], TraceType.Bool, call.Span);
    }

    private static BoundExpression BindEntry(Binder binder, Expression.Call call, TraceFunction function, TraceType type)
    {
        if (binder.MapArgument(call, 0) is null) return new BoundExpression.Nothing(call.Span);
        var map = (Expression.Map)call.Arguments[0];
        ImmutableArray<Expression> keys = call.Arguments[1] is Expression.Tuple tuple ? tuple.Elements : [call.Arguments[1]];
        return new BoundExpression.Call(function, [binder.BindMap(map with { Keys = keys })], type, call.Span);
    }

    // How many entries a map has, or a stack addresses.
    private static BoundExpression BindLength(Binder binder, Expression.Call call, TraceFunction function)
    {
        if (call.Arguments[0] is Expression.Map { Keys.IsEmpty: true } whole) return BindEntries(binder, call, function, binder.BindWholeMap(whole));
        var stack = binder.Bind(call.Arguments[0]);
        if (stack is BoundExpression.Call { Type: TraceType.Stack }) return new BoundExpression.Call(function, [stack], TraceType.Int64, call.Span);
        if (stack.Type is not TraceType.Nothing) binder.Error(TraceDiagnostics.BadArgument, "len takes a map, or a stack where it is asked for", call.Arguments[0].Span, function.Usage);
        return new BoundExpression.Nothing(call.Span);
    }

    private static BoundExpression BindEntries(Binder binder, Expression.Call call, TraceFunction function, MapSymbol map)
    {
        if (map.HasKey is not false && map.Aggregation is not { HasParts: true }) return new BoundExpression.Call(function, [new BoundExpression.MapValue(map, null, call.Span)], TraceType.Int64, call.Span);
        binder.Error(TraceDiagnostics.BadArgument, map.HasKey is false ? $"map '{map}' has no entries, but one value" : $"the entries of '{map}' are buckets", call.Span, "len counts the keys of a map");
        return new BoundExpression.Nothing(call.Span);
    }

    private static Value LowerLength(ProbeLowering l, BoundExpression.Call call) =>
        call.Operands[0] is BoundExpression.MapValue x ? l.CountEntries(x.Map) : SymbolFunctions.LowerDepth(l, (BoundExpression.Call)call.Operands[0]);

    // has_key(@map, key) ? { $variable = @map[key]; true } : false
    private static BoundExpression BindFound(Binder binder, Expression.Call call, TraceFunction function)
    {
        if (binder.MapArgument(call, 0) is null) return new BoundExpression.Nothing(call.Span);
        if (call.Arguments[2] is not Expression.Variable variable)
        {
            binder.Error(TraceDiagnostics.BadArgument, "find puts what it finds into a variable", call.Arguments[2].Span, function.Usage);
            return new BoundExpression.Nothing(call.Span);
        }

        var map = (Expression.Map)call.Arguments[0];
        ImmutableArray<Expression> keys = call.Arguments[1] is Expression.Tuple tuple ? tuple.Elements : [call.Arguments[1]];
        Statement.Assign take = new(call.Span, variable, null, map with { Keys = keys });
        return binder.Bind(new Expression.Conditional(call.Span,
            new Expression.Call(call.Span, HasKey, [map, call.Arguments[1]]),
            new Expression.Block(call.Span, [take], new Expression.Boolean(call.Span, true)),
            new Expression.Boolean(call.Span, false)));
    }
}
