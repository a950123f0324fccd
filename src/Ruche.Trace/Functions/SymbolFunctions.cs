// SPDX-License-Identifier: MIT
using System.Collections.Immutable;
using Ruche.Bpf.Compiler.Ir;
using Ruche.Bpf.Objects.Uapi;
using Ruche.Trace.Binding;
using Ruche.Trace.Diagnostics;
using Ruche.Trace.Lowering;
using Ruche.Trace.Syntax;
using Ruche.Trace.Types;
using BinaryOperator = Ruche.Bpf.Compiler.Ir.BinaryOperator;

namespace Ruche.Trace.Functions;

/// <summary>Functions that find stacks, and names for addresses.</summary>
internal static class SymbolFunctions
{
    private const int DefaultDepth = 127;
    private const int UserStack = 1 << 8;
    private const int Efault = 14;

    private static readonly Dictionary<string, StackMode> Modes = new() { ["bpftrace"] = StackMode.Bpftrace, ["perf"] = StackMode.Perf, ["raw"] = StackMode.Raw };

    public static ImmutableArray<TraceFunction> All { get; } =
    [
        new("kstack", 0, 2, (b, call, f) => BindStack(b, call, f, isUser: false)) { Usage = "kstack, kstack(depth), kstack(perf) or kstack(perf, depth)", Write = WriteStack },
        new("ustack", 0, 2, (b, call, f) => BindStack(b, call, f, isUser: true)) { Usage = "ustack, ustack(depth), ustack(perf) or ustack(perf, depth)", Write = WriteStack },
        new("ksym", 1, 1, (b, call, f) => new BoundExpression.Call(f, [b.BindNumber(call.Arguments[0])], new TraceType.Symbol(IsUser: false), call.Span)) { Usage = "ksym(address)", Value = (l, x) => l.Lower(x.Operands[0]) },
        new("usym", 1, 1, (b, call, f) => new BoundExpression.Call(f, [b.BindNumber(call.Arguments[0])], new TraceType.Symbol(IsUser: true), call.Span)) { Usage = "usym(address)", Write = WriteUserSymbol },
    ];

    /// <summary>Writes which process it is: its number, and zeros behind it.</summary>
    public static void WriteProcess(ProbeLowering l, Place to)
    {
        var process = l.Combine(BinaryOperator.LShr, l.Call(HelperId.GetCurrentPidTgid), ProbeLowering.Number(32));
        l.Store(to, process, sizeof(ulong));
        l.TellOfProcess(process);
    }

    private static void WriteUserSymbol(ProbeLowering l, BoundExpression.Call call, Place to)
    {
        l.Store(to, l.Lower(call.Operands[0]), sizeof(ulong));
        WriteProcess(l, to.Plus(sizeof(ulong)));
    }

    private static BoundExpression.Call BindStack(Binder binder, Expression.Call call, TraceFunction function, bool isUser)
    {
        var mode = StackMode.Bpftrace;
        long depth = DefaultDepth;
        foreach (var argument in call.Arguments)
        {
            if (argument is Expression.Identifier { Name: var name } && Modes.TryGetValue(name, out var named)) mode = named;
            else if (binder.Bind(argument) is BoundExpression.Number { Value: > 0 and <= 1024 } n) depth = n.Value;
            else binder.Error(TraceDiagnostics.BadArgument, "a stack is limited to 1 to 1024 addresses, or shown as bpftrace, perf or raw", argument.Span, function.Usage);
        }

        return new(function, [], new TraceType.Stack(isUser, mode, (int)Math.Min(depth, DefaultDepth)), call.Span);
    }

    // A process without a stack (a thread of the kernel) is no loss; one that found no room is.
    private static void WriteStack(ProbeLowering l, BoundExpression.Call call, Place to)
    {
        var type = (TraceType.Stack)call.Type;
        var id = l.Call(HelperId.GetStackid, l.Context, l.Map(l.Script.StackMap(type.IsUser, type.Depth)), ProbeLowering.Number(type.IsUser ? UserStack : 0));
        l.Store(to, id, sizeof(ulong));
        if (type.IsUser) WriteProcess(l, to.Plus(sizeof(ulong)));
        Block failed = l.NewBlock("failed"), lost = l.NewBlock("lost"), end = l.NewBlock("end");
        l.Branch(l.Compare(Comparison.GreaterOrEqual, id, ProbeLowering.Number(0)), end, failed);
        l.EnterFresh(failed);
        l.Branch(l.Compare(Comparison.Equal, id, ProbeLowering.Number(-Efault)), end, lost);
        l.EnterFresh(lost);
        l.CountUp(SharedState.LostStacks);
        l.Enter(end);
    }
}
