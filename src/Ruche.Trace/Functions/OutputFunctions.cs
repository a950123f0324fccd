// SPDX-License-Identifier: MIT
using System.Collections.Immutable;
using System.Text;
using Ruche.Bpf.Compiler.Ir;
using Ruche.Bpf.Objects.Uapi;
using Ruche.Trace.Binding;
using Ruche.Trace.Diagnostics;
using Ruche.Trace.Events;
using Ruche.Trace.Lowering;
using Ruche.Trace.Syntax;
using Ruche.Trace.Types;

namespace Ruche.Trace.Functions;

/// <summary>Functions that tell something to whoever reads.</summary>
internal static class OutputFunctions
{
    private const int JoinedCapacity = 1024;

    public static ImmutableArray<TraceFunction> All { get; } =
    [
        Formatted("printf", TraceEvent.Purpose.Print, "printf(\"format\", values...)"),
        Formatted("errorf", TraceEvent.Purpose.Error, "errorf(\"format\", values...)"),
        Formatted("warnf", TraceEvent.Purpose.Warning, "warnf(\"format\", values...)"),
        Formatted("debugf", TraceEvent.Purpose.Debug, "debugf(\"format\", values...)"),
        Formatted("cat", TraceEvent.Purpose.ShowFile, "cat(\"path\", values...)"),
        Formatted("system", TraceEvent.Purpose.RunCommand, "system(\"command\", values...)") with { IsUnsafe = true },
        new("print", 1, 3, BindPrint) { Usage = "print(value), print(@map) or print(@map, top, divisor)" },
        new("time", 0, 1, BindTime) { Usage = "time(\"format\")" },
        new("exit", 0, 1, BindExit) { Usage = "exit()", Value = LowerExit },
        new("join", 1, 2, BindJoin) { Usage = "join(pointers) or join(pointers, \"separator\")" },
        new("(joined)", 1, 1, (_, _, _) => throw new System.Diagnostics.UnreachableException()) { Usage = "", Write = WriteJoined },
    ];

    private static TraceFunction Formatted(string name, TraceEvent.Purpose use, string usage) => new(name, 1, int.MaxValue, (b, call, _) => BindFormatted(b, call, use)) { Usage = usage };

    private static BoundExpression BindFormatted(Binder binder, Expression.Call call, TraceEvent.Purpose use)
    {
        var values = binder.BindPayload(call.Arguments.Skip(1));
        if (binder.LiteralOf(call, 0) is not { } format || values.Any(v => v.Type is TraceType.Nothing)) return new BoundExpression.Nothing(call.Span);
        ImmutableArray<TraceType> types = [.. values.Select(v => PayloadType(v.Type))];
        binder.CheckFormat(format, types);
        return new BoundExpression.Tell(new TraceEvent.Formatted(format.Bytes, format.Span, use) { Payload = types, Span = call.Span }, values, call.Span);
    }

    // What a record of the buffer holds of a value.
    private static TraceType PayloadType(TraceType type) => type is TraceType.Aggregate ? TraceType.Int64 : type is TraceType.Tuple or TraceType.Record ? TypeInference.Stored(type) : type;

    private static BoundExpression BindPrint(Binder binder, Expression.Call call, TraceFunction function)
    {
        if (call.Arguments[0] is Expression.Map { Keys.IsEmpty: true } whole)
        {
            var map = binder.BindWholeMap(whole);
            long[] limits = [.. call.Arguments.Skip(1).Select(a => binder.Bind(a) is BoundExpression.Number n ? n.Value : -1)];
            if (limits.Any(l => l is < 0 or > int.MaxValue)) binder.Error(TraceDiagnostics.BadArgument, "print takes how many entries, and what to divide by, as numbers", call.Span, function.Usage);
            return new BoundExpression.Tell(new TraceEvent.PrintMap(map, (int)limits.ElementAtOrDefault(0), limits.ElementAtOrDefault(1)) { Span = call.Span }, [], call.Span);
        }

        if (call.Arguments.Length > 1)
        {
            binder.Error(TraceDiagnostics.ArgumentCount, "only a whole map is printed in part", call.Span, function.Usage);
            return new BoundExpression.Nothing(call.Span);
        }

        var values = binder.BindPayload(call.Arguments);
        if (values[0].Type is TraceType.Nothing)
        {
            binder.NeedsValue(values[0]);
            return new BoundExpression.Nothing(call.Span);
        }

        return new BoundExpression.Tell(new TraceEvent.PrintValue { Payload = [PayloadType(values[0].Type)], Span = call.Span }, values, call.Span);
    }

    private static BoundExpression.Tell BindTime(Binder binder, Expression.Call call, TraceFunction function)
    {
        var format = call.Arguments.IsEmpty ? null : binder.LiteralOf(call, 0);
        string text = format is null ? "%H:%M:%S\n" : Encoding.UTF8.GetString(format.Bytes.AsSpan());
        return new(new TraceEvent.PrintTime(text) { Span = call.Span }, [], call.Span);
    }

    private static BoundExpression.Call BindExit(Binder binder, Expression.Call call, TraceFunction function)
    {
        BoundExpression code = call.Arguments.IsEmpty ? new BoundExpression.Number(0, TraceType.Int64, call.Span) : binder.BindNumber(call.Arguments[0]);
        return new(function, [new BoundExpression.Tell(new TraceEvent.Exit { Payload = [TraceType.Int64], Span = call.Span }, [code], call.Span)], TraceType.None, call.Span);
    }

    private static Constant LowerExit(ProbeLowering l, BoundExpression.Call call)
    {
        l.Lower(call.Operands[0]);
        l.End();
        return ProbeLowering.Number(0);
    }

    private static BoundExpression.Tell BindJoin(Binder binder, Expression.Call call, TraceFunction function)
    {
        var pointers = binder.BindNumber(call.Arguments[0]);
        if (pointers.Type is TraceType.Integer) pointers = new BoundExpression.Cast(pointers, new TraceType.Pointer(TraceType.None, binder.SpaceOfAddress(pointers.Type)), pointers.Span);
        string separator = call.Arguments.Length > 1 && binder.LiteralOf(call, 1) is { } given ? Encoding.UTF8.GetString(given.Bytes.AsSpan()) : " ";
        TraceType.Array texts = new(new TraceType.Text(JoinedCapacity), TraceEvent.Join.Most);
        BoundExpression.Call joined = new(TraceFunctions.Find("(joined)")!, [pointers], texts, call.Span);
        return new(new TraceEvent.Join(separator) { Payload = [texts], Span = call.Span }, [joined], call.Span);
    }

    // The list ends with a null pointer; what is behind it stays empty.
    private static void WriteJoined(ProbeLowering l, BoundExpression.Call call, Place to)
    {
        var pointers = l.Lower(call.Operands[0]);
        bool isUser = call.Operands[0].Type is TraceType.Pointer { Space: MemorySpace.User };
        var end = l.NewBlock("joined");
        for (int i = 0; i < TraceEvent.Join.Most; i++) l.Store(to.Plus(i * JoinedCapacity), ProbeLowering.Number(0), 1);
        for (int i = 0; i < TraceEvent.Join.Most; i++)
        {
            var list = l.PlaceAt(pointers, isUser ? MemorySpace.User : MemorySpace.Kernel);
            var pointer = l.Load(list.Plus(i * sizeof(ulong)), TraceType.UInt64);
            var next = l.NewBlock("next");
            l.Branch(l.Compare(Comparison.Equal, pointer, ProbeLowering.Number(0)), end, next);
            l.EnterFresh(next);
            l.Call(isUser ? HelperId.ProbeReadUserStr : HelperId.ProbeReadStr, l.AddressOf(to.Plus(i * JoinedCapacity)), ProbeLowering.Number(JoinedCapacity), pointer);
        }

        l.Enter(end);
    }
}
