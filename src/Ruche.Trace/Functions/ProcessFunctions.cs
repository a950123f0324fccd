// SPDX-License-Identifier: MIT
using System.Collections.Immutable;
using Ruche.Trace.Binding;
using Ruche.Trace.Diagnostics;
using Ruche.Trace.Lowering;
using Ruche.Trace.Syntax;
using Ruche.Trace.Types;

namespace Ruche.Trace.Functions;

/// <summary>Functions for processes.</summary>
internal static class ProcessFunctions
{
    public static ImmutableArray<TraceFunction> All { get; } =
    [
        NamedBy("comm", NameKind.Process, 1, "comm or comm(pid)"),
        Numbered("pid", TraceBuiltins.High),
        Numbered("tid", TraceBuiltins.Low),
        OfTask("ppid", "real_parent", "tgid"),
        OfTask("pcomm", "real_parent", "comm"),
        OfTask("leader_tid", "group_leader", "pid"),
        OfTask("leader_comm", "group_leader", "comm"),
        Coded("strerror", CodeKind.Error, "strerror(2)"),
        Coded("signal_name", CodeKind.Signal, "signal_name(9)"),
        Coded("syscall_name", CodeKind.Syscall, "syscall_name(args.id)"),
        new("cgroupid", 1, 1, BindGroup) { Usage = "cgroupid(\"/sys/fs/cgroup/system.slice\")" },
        NamedBy("cgroup_path", NameKind.ControlGroup, 2, "cgroup_path(cgroup)"),
    ];

    private static TraceFunction Numbered(string name, Func<ProbeLowering, Bpf.Compiler.Ir.Value, Bpf.Compiler.Ir.Value> half) => new(name, 1, 1, BindNumbered)
    {
        Usage = $"{name}(curr_ns) or {name}(init)",
        Value = (l, x) => half(l, TraceBuiltins.Process(l, ((BoundExpression.Number)x.Operands[0]).Value == 0 ? null : l.Script.Options.Namespace)),
    };

    private static BoundExpression BindNumbered(Binder binder, Expression.Call call, TraceFunction function)
    {
        if (call.Arguments[0] is Expression.Identifier { Name: var space } && space is "curr_ns" or "init")
            return new BoundExpression.Call(function, [new BoundExpression.Number(space == "init" ? 0 : 1, TraceType.Int64, call.Span)], TraceType.UInt32, call.Span);
        binder.Error(TraceDiagnostics.BadArgument, $"'{call.Name}' takes whose numbers are meant", call.Arguments[0].Span, function.Usage);
        return new BoundExpression.Nothing(call.Span);
    }

    private static TraceFunction OfTask(string name, string task, string field) =>
        new(name, 0, 1, (b, call, _) => b.Bind(FieldOf(call, task, field))) { Usage = $"{name} or {name}(task)" };

    // A field of what the current task, or another, points to.
    private static Expression.Field FieldOf(Expression.Call call, string task, string field)
    {
        var from = call.Arguments.IsEmpty ? new Expression.Identifier(call.Span, "curtask") : call.Arguments[0];
        return new(call.Span, new Expression.Field(call.Span, from, task, true), field, true);
    }

    private static TraceFunction Coded(string name, CodeKind kind, string usage) =>
        new(name, 1, 1, (b, call, f) => new BoundExpression.Call(f, [b.BindNumber(call.Arguments[0])], new TraceType.Code(kind), call.Span)) { Usage = usage, Value = (l, x) => l.Lower(x.Operands[0]) };

    private static BoundExpression BindGroup(Binder binder, Expression.Call call, TraceFunction function) => binder.BindKnownNumber(
        call, binder.Options.CgroupId, path => $"there is no control group at '{path}'", "name its directory in the hierarchy of version 2; 'ruche bpf cgroup tree' lists them");

    // A filter chooses among hierarchies, of which programs know one.
    private static TraceFunction NamedBy(string name, NameKind kind, int most, string usage) => new(name, 1, most, (binder, call, f) =>
    {
        if (call.Arguments.Length > 1) binder.LiteralOf(call, 1);
        return new BoundExpression.Call(f, [binder.BindNumber(call.Arguments[0])], new TraceType.Named(kind), call.Span);
    })
    {
        Usage = usage,
        Value = (l, x) => l.Lower(x.Operands[0]),
    };
}
