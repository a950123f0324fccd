// SPDX-License-Identifier: MIT
using System.Collections.Immutable;
using Ruche.Bpf.Compiler.Ir;
using Ruche.Bpf.Objects.Uapi;
using Ruche.Trace.Binding;
using Ruche.Trace.Diagnostics;
using Ruche.Trace.Lowering;
using Ruche.Trace.Probes;
using Ruche.Trace.Syntax;
using Ruche.Trace.Types;

namespace Ruche.Trace.Functions;

/// <summary>Functions that change what runs.</summary>
internal static class SystemFunctions
{
    public static ImmutableArray<TraceFunction> All { get; } =
    [
        Unsafe(new("signal", 1, 1, BindSignal) { Usage = "signal(\"TERM\") or signal(15)", Value = (l, x) => l.Call(HelperId.SendSignal, l.Lower(x.Operands[0])) }),
        Unsafe(new("signal_thread", 1, 1, BindSignal) { Usage = "signal_thread(\"TERM\") or signal_thread(15)", Value = (l, x) => l.Call(HelperId.SendSignalThread, l.Lower(x.Operands[0])) }),
        Unsafe(new("override", 1, 1, BindOverride) { Usage = "override(-1)", Value = (l, x) => l.Call(HelperId.OverrideReturn, l.Context, l.Lower(x.Operands[0])) }),
        Unsafe(new("write_user", 3, 3, BindWrite) { Usage = "write_user(address, value, length)", Value = LowerWrite }),
    ];

    private static TraceFunction Unsafe(TraceFunction function) => function with { IsUnsafe = true };

    private static BoundExpression.Call BindSignal(Binder binder, Expression.Call call, TraceFunction function)
    {
        var signal = binder.Bind(call.Arguments[0]);
        if (signal is BoundExpression.Literal literal)
        {
            string name = System.Text.Encoding.UTF8.GetString(literal.Bytes.AsSpan());
            if (SignalNames.Find(name) is not { } number) binder.Error(TraceDiagnostics.BadArgument, $"there is no signal '{name}'", call.Arguments[0].Span, "write it as kill -l lists it");
            else signal = new BoundExpression.Number(number, TraceType.Int64, call.Span);
        }

        return new(function, [signal], TraceType.None, call.Span);
    }

    private static BoundExpression BindOverride(Binder binder, Expression.Call call, TraceFunction function)
    {
        if (binder.Site is ProbeSite.KernelProbe { IsReturn: false }) return new BoundExpression.Call(function, [binder.BindNumber(call.Arguments[0])], TraceType.None, call.Span);
        binder.Error(TraceDiagnostics.NotInThisProbe, $"what a function returns cannot be overridden in '{binder.Site.Name}'", call.Span, "kprobe can, of functions that may fail on purpose");
        return new BoundExpression.Nothing(call.Span);
    }

    private static BoundExpression BindWrite(Binder binder, Expression.Call call, TraceFunction function)
    {
        var to = binder.BindNumber(call.Arguments[0]);
        var from = binder.Bind(call.Arguments[1]);
        var length = binder.BindNumber(call.Arguments[2]);
        if (to.Type is TraceType.Nothing || from.Type is TraceType.Nothing || length.Type is TraceType.Nothing) return new BoundExpression.Nothing(call.Span);
        if (from is BoundExpression.Address address) from = address.Of;
        int size = ValueLayout.SizeOf(from.Type);
        if (length is not BoundExpression.Number { Value: var count } || (count > 0 && count <= size))
            return new BoundExpression.Call(function, [to, from, length], TraceType.Bool, call.Span);
        binder.Error(TraceDiagnostics.BadArgument, $"there are {size} bytes to write, not {count}", length.Span, function.Usage);
        return new BoundExpression.Nothing(call.Span);
    }

    private static Value LowerWrite(ProbeLowering l, BoundExpression.Call call)
    {
        var from = call.Operands[1];
        int size = ValueLayout.SizeOf(from.Type);
        var source = l.Temporary(size);
        l.Write(from, source, from.Type);
        var failed = l.Call(HelperId.ProbeWriteUser, l.Lower(call.Operands[0]), l.AddressOf(source), l.Limit(l.Lower(call.Operands[2]), size));
        return l.Extend(l.Compare(Comparison.Equal, failed, ProbeLowering.Number(0)), isSigned: false);
    }
}
