// SPDX-License-Identifier: MIT
using System.Collections.Immutable;
using Ruche.Bpf.Compiler.Ir;
using Ruche.Bpf.Links;
using Ruche.Bpf.Objects.Btf;
using Ruche.Bpf.Objects.Uapi;
using Ruche.Trace.Binding;
using Ruche.Trace.Diagnostics;
using Ruche.Trace.Lowering;
using Ruche.Trace.Probes;
using Ruche.Trace.Syntax;
using Ruche.Trace.Types;
using Ruche.Trace.Unwinding;
using BinaryOperator = Ruche.Bpf.Compiler.Ir.BinaryOperator;

namespace Ruche.Trace.Functions;

/// <summary>Functions that find stacks, and names for addresses.</summary>
internal static class SymbolFunctions
{
    private const int DefaultDepth = 127;
    private const int UserStack = 1 << 8;
    private const int Efault = 14;

    private static readonly Dictionary<string, StackMode> Modes = new() { ["bpftrace"] = StackMode.Bpftrace, ["perf"] = StackMode.Perf, ["raw"] = StackMode.Raw, ["build_id"] = StackMode.BuildId };

    public static ImmutableArray<TraceFunction> All { get; } =
    [
        new("kstack", 0, 2, (b, call, f) => BindStack(b, call, f, isUser: false)) { Usage = "kstack, kstack(depth), kstack(perf) or kstack(perf, depth)", Write = WriteStack },
        new("ustack", 0, 2, (b, call, f) => BindStack(b, call, f, isUser: true)) { Usage = "ustack, ustack(depth), ustack(perf), ustack(perf, depth) or ustack(build_id)", Write = WriteStack },
        new("dw_ustack", 0, 2, BindUnwound) { Usage = "dw_ustack, dw_ustack(depth), dw_ustack(perf) or dw_ustack(perf, depth)", Write = WriteStack, Loops = true },
        new("ksym", 1, 1, (b, call, f) => new BoundExpression.Call(f, [b.BindNumber(call.Arguments[0])], new TraceType.Symbol(IsUser: false), call.Span)) { Usage = "ksym(address)", Value = (l, x) => l.Lower(x.Operands[0]) },
        new("usym", 1, 1, (b, call, f) => new BoundExpression.Call(f, [b.BindNumber(call.Arguments[0])], new TraceType.Symbol(IsUser: true), call.Span)) { Usage = "usym(address)", Write = WriteUserSymbol },
        new("kaddr", 1, 1, BindAddress) { Usage = "kaddr(\"symbol\")" },
        new("percpu_kaddr", 1, 2, BindPerProcessor) { Usage = "percpu_kaddr(\"symbol\") or percpu_kaddr(\"symbol\", cpu)", Value = LowerPerProcessor },
        new("uaddr", 1, 1, BindVariable) { Usage = "uaddr(\"symbol\")", Value = LowerVariable },
        new("kfunc_exist", 1, 1, BindExists) { Usage = "kfunc_exist(\"function\")" },
        new("kfunc_allowed", 1, 1, BindAllowed) { Usage = "kfunc_allowed(\"function\")" },
    ];

    private static BoundExpression BindAddress(Binder binder, Expression.Call call, TraceFunction function) =>
        binder.BindKnownNumber(call, binder.Options.KernelAddress, name => $"the kernel has no symbol '{name}'", "its symbols are listed in /proc/kallsyms");

    // The symbol's address is a distance from where each processor's memory begins, which an array of the kernel tells.
    private static BoundExpression BindPerProcessor(Binder binder, Expression.Call call, TraceFunction function)
    {
        var distance = BindAddress(binder, call, function);
        if (binder.Options.KernelAddress("__per_cpu_offset") is not { } starts)
        {
            binder.Error(TraceDiagnostics.UnknownName, "the kernel does not tell where its processors' memory begins", call.Span);
            return new BoundExpression.Nothing(call.Span);
        }

        var processor = binder.BindNumber(call.Arguments.Length > 1 ? call.Arguments[1] : new Expression.Identifier(call.Span, "cpu"));
        return new BoundExpression.Call(function, [distance, processor, new BoundExpression.Number((long)starts, TraceType.UInt64, call.Span)], TraceType.UInt64, call.Span);
    }

    private static BoundExpression BindVariable(Binder binder, Expression.Call call, TraceFunction function)
    {
        if (binder.LiteralOf(call, 0) is not { } literal) return new BoundExpression.Nothing(call.Span);
        if (binder.Site is not ProbeSite.UserProbe site)
        {
            binder.Error(TraceDiagnostics.NotInThisProbe, $"'{binder.Site.Name}' is in no program whose variables have addresses", call.Span, "uprobe, uretprobe and usdt are");
            return new BoundExpression.Nothing(call.Span);
        }

        if (site.IsReturn && !binder.Options.TellsReturningFunctions)
        {
            binder.Error(TraceDiagnostics.NotInThisProbe, "where a function returns, only kernels from 6.6 on tell where it is", call.Span, "take the address at its entry, and keep it");
            return new BoundExpression.Nothing(call.Span);
        }

        string name = System.Text.Encoding.UTF8.GetString(literal.Bytes.AsSpan());
        if (UserSymbols.VariableOf(site.Path, name) is not { } variable)
        {
            binder.Error(TraceDiagnostics.UnknownName, $"'{site.Path}' has no symbol '{name}'", literal.Span, "its symbols are listed by nm, or by nm -D where it is stripped");
            return new BoundExpression.Nothing(call.Span);
        }

        TraceType.Pointer type = new(new TraceType.Integer(variable.Size is 1 or 2 or 4 ? (int)variable.Size : sizeof(ulong), IsSigned: false), MemorySpace.User);
        if (variable.IsFixed) return new BoundExpression.Number((long)variable.Address, type, call.Span);
        ulong offset = site.Function is null ? site.Offset : UserSymbols.OffsetOf(new UserTarget(site.Path, site.Function, site.Offset));
        ulong distance = variable.Address - (UserSymbols.AddressOf(site.Path, offset) ?? 0);
        return new BoundExpression.Call(function, [new BoundExpression.Number((long)distance, TraceType.UInt64, call.Span)], type, call.Span);
    }

    // A program or library may be mapped anywhere, but all of it together: the variable is as far from the probe as in the file.
    private static Value LowerVariable(ProbeLowering l, BoundExpression.Call call) => l.Combine(BinaryOperator.Add, TraceBuiltins.InUser(l), l.Lower(call.Operands[0]));

    private static Value LowerPerProcessor(ProbeLowering l, BoundExpression.Call call)
    {
        var start = l.Combine(BinaryOperator.Add, l.Lower(call.Operands[2]), l.Combine(BinaryOperator.Mul, l.Lower(call.Operands[1]), ProbeLowering.Number(sizeof(ulong))));
        return l.Combine(BinaryOperator.Add, l.Load(l.PlaceAt(start, MemorySpace.Kernel), TraceType.UInt64), l.Lower(call.Operands[0]));
    }

    private static BoundExpression BindExists(Binder binder, Expression.Call call, TraceFunction function)
    {
        if (binder.LiteralOf(call, 0) is not { } literal) return new BoundExpression.Nothing(call.Span);
        bool exists = binder.Types.Types?.TryFind(BtfKind.Function, System.Text.Encoding.UTF8.GetString(literal.Bytes.AsSpan()), out _) ?? false;
        return new BoundExpression.Number(exists ? 1 : 0, TraceType.Bool, call.Span);
    }

    private static BoundExpression BindAllowed(Binder binder, Expression.Call call, TraceFunction function)
    {
        if (binder.LiteralOf(call, 0) is not { } literal) return new BoundExpression.Nothing(call.Span);
        var (type, hook) = binder.ProgramKind;
        bool isAllowed = binder.Options.MayCall(type, hook, System.Text.Encoding.UTF8.GetString(literal.Bytes.AsSpan()));
        return new BoundExpression.Number(isAllowed ? 1 : 0, TraceType.Bool, call.Span);
    }

    /// <summary>Writes which process it is: its number, and zeros behind it.</summary>
    public static void WriteProcess(ProbeLowering l, Place to)
    {
        var process = TraceBuiltins.High(l, TraceBuiltins.Process(l, l.Script.Options.Namespace));
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
        // The setting is one for all stacks, and only those of processes lie in files.
        bool knowsBuildIds = function.Name == "ustack";
        var mode = binder.Options.StackMode is StackMode.BuildId && !knowsBuildIds ? StackMode.Raw : binder.Options.StackMode;
        long depth = DefaultDepth;
        foreach (var argument in call.Arguments)
        {
            if (argument is Expression.Identifier { Name: var name } && Modes.TryGetValue(name, out var named)) mode = named;
            else if (binder.Bind(argument) is BoundExpression.Number { Value: > 0 and <= 1024 } n) depth = n.Value;
            else binder.Error(TraceDiagnostics.BadArgument, "a stack is limited to 1 to 1024 addresses, or shown as bpftrace, perf, raw or build_id", argument.Span, function.Usage);
        }

        if (mode is StackMode.BuildId && !knowsBuildIds) binder.Error(TraceDiagnostics.BadArgument, $"'{function.Name}' has no build ids", call.Span, "ustack has");
        return new(function, [], new TraceType.Stack(isUser, mode, (int)Math.Min(depth, DefaultDepth)), call.Span);
    }

    private static BoundExpression.Call BindUnwound(Binder binder, Expression.Call call, TraceFunction function)
    {
        if (binder.Options.CannotUnwind is { } why) binder.Error(TraceDiagnostics.NotSupported, $"dw_ustack: {why}", call.Span, "ustack follows frame pointers, and is there everywhere");
        var bound = BindStack(binder, call, function, isUser: true);
        return bound with { Type = (TraceType.Stack)bound.Type with { IsUnwound = true } };
    }

    private static LocalCall Unwind(ProbeLowering l, int depth)
    {
        var process = TraceBuiltins.High(l, TraceBuiltins.Process(l, l.Script.Options.Namespace));
        return l.Add(new LocalCall(UnwindFunctions.NameOf(depth), IrType.I64, process, ProbeLowering.Number(l.Script.ReserveUnwinding(depth))));
    }

    /// <summary>How many addresses a stack has here.</summary>
    public static Value LowerDepth(ProbeLowering l, TraceType.Stack type)
    {
        int size = type.Depth * sizeof(ulong);
        var bytes = l.Call(HelperId.GetStack, l.Context, l.AddressOf(l.Temporary(size)), ProbeLowering.Number(size), ProbeLowering.Number(type.IsUser ? UserStack : 0));
        var none = l.Compare(Comparison.Less, bytes, ProbeLowering.Number(0));
        return l.Combine(BinaryOperator.LShr, l.Add(new Select(none, ProbeLowering.Number(0), bytes)), ProbeLowering.Number(3));
    }

    // A process without a stack (a thread of the kernel) is no loss; one that found no room is.
    private static void WriteStack(ProbeLowering l, BoundExpression.Call call, Place to)
    {
        var type = (TraceType.Stack)call.Type;
        var id = type.IsUnwound ? (Value)Unwind(l, type.Depth) : l.Call(HelperId.GetStackid, l.Context, l.Map(l.Script.StackMap(type)), ProbeLowering.Number(type.IsUser ? UserStack : 0));
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
