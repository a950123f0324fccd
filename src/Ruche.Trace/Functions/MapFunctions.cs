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
    public static ImmutableArray<TraceFunction> All { get; } =
    [
        new("clear", 1, 1, (b, call, _) => Whole(b, call, m => new TraceEvent.ClearMap(m) { Span = call.Span })) { Usage = "clear(@map)" },
        new("zero", 1, 1, (b, call, _) => Whole(b, call, m => new TraceEvent.ZeroMap(m) { Span = call.Span })) { Usage = "zero(@map)" },
        new("delete", 1, int.MaxValue, BindDelete) { Usage = "delete(@map, key) or delete(@map[key])", Value = (l, x) => x.Operands.Aggregate((Value)ProbeLowering.Number(0), (_, a) => Entry(a, l.Delete)) },
        new("has_key", 2, 2, (b, call, f) => BindEntry(b, call, f, TraceType.Bool)) { Usage = "has_key(@map, key)", Value = (l, x) => Entry(x.Operands[0], l.Has) },
        new("len", 1, 1, BindLength) { Usage = "len(@map)", Value = (_, _) => ProbeLowering.Number(0) },
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

    private static BoundExpression.Nothing BindLength(Binder binder, Expression.Call call, TraceFunction function)
    {
        binder.Error(TraceDiagnostics.NotSupported, "len() of maps and stacks is not supported yet", call.Span);
        return new(call.Span);
    }
}
