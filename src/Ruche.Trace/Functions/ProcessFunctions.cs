// SPDX-License-Identifier: MIT
using System.Collections.Immutable;
using Ruche.Bpf.Objects.Uapi;
using Ruche.Trace.Binding;
using Ruche.Trace.Diagnostics;
using Ruche.Trace.Syntax;
using Ruche.Trace.Types;

namespace Ruche.Trace.Functions;

/// <summary>Functions for processes.</summary>
internal static class ProcessFunctions
{
    private static readonly string[] Signals =
    [
        "", "HUP", "INT", "QUIT", "ILL", "TRAP", "ABRT", "BUS", "FPE", "KILL", "USR1", "SEGV", "USR2", "PIPE", "ALRM", "TERM",
        "STKFLT", "CHLD", "CONT", "STOP", "TSTP", "TTIN", "TTOU", "URG", "XCPU", "XFSZ", "VTALRM", "PROF", "WINCH", "IO", "PWR", "SYS",
    ];

    public static ImmutableArray<TraceFunction> All { get; } =
    [
        new("signal", 1, 1, BindSignal) { Usage = "signal(\"TERM\") or signal(15)", IsUnsafe = true, Value = (l, x) => l.Call(HelperId.SendSignal, l.Lower(x.Operands[0])) },
        new("signal_thread", 1, 1, BindSignal) { Usage = "signal_thread(\"TERM\") or signal_thread(15)", IsUnsafe = true, Value = (l, x) => l.Call(HelperId.SendSignalThread, l.Lower(x.Operands[0])) },
    ];

    private static BoundExpression.Call BindSignal(Binder binder, Expression.Call call, TraceFunction function)
    {
        var signal = binder.Bind(call.Arguments[0]);
        if (signal is BoundExpression.Literal literal)
        {
            string name = System.Text.Encoding.UTF8.GetString(literal.Bytes.AsSpan()).ToUpperInvariant();
            int number = Array.IndexOf(Signals, name.StartsWith("SIG", StringComparison.Ordinal) ? name[3..] : name);
            if (number <= 0) binder.Error(TraceDiagnostics.BadArgument, $"there is no signal '{name}'", call.Arguments[0].Span, "write it as kill -l lists it");
            signal = new BoundExpression.Number(number, TraceType.Int64, call.Span);
        }

        return new(function, [signal], TraceType.None, call.Span);
    }
}
