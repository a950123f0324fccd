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
using Ruche.Trace.Recording;
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

    // THREAD_SIZE and sizeof(struct pt_regs) of x64.
    private const int KernelStackSize = 16384;
    private const int RegistersSize = 168;

    private static readonly Dictionary<string, StackMode> Modes = new() { ["bpftrace"] = StackMode.Bpftrace, ["perf"] = StackMode.Perf, ["raw"] = StackMode.Raw, ["build_id"] = StackMode.BuildId };

    public static ImmutableArray<TraceFunction> All { get; } =
    [
        new("kstack", 0, 2, (b, call, f) => BindStack(b, call, f, isUser: false)) { Usage = "kstack, kstack(depth), kstack(perf) or kstack(perf, depth)", Write = WriteStack },
        new("ustack", 0, 2, (b, call, f) => BindStack(b, call, f, isUser: true)) { Usage = "ustack, ustack(depth), ustack(perf), ustack(perf, depth) or ustack(build_id)", Write = WriteStack },
        new("dw_ustack", 0, 2, BindUnwound) { Usage = "dw_ustack, dw_ustack(depth), dw_ustack(perf) or dw_ustack(perf, depth)", Write = WriteStack },
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
        var process = Process(l);
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

    // Where no helper tells the registers, they are found by way of the task.
    private static BoundExpression.Call BindUnwound(Binder binder, Expression.Call call, TraceFunction function)
    {
        var bound = BindStack(binder, call, function, isUser: true);
        bound = bound with { Type = (TraceType.Stack)bound.Type with { IsUnwound = true } };
        if (binder.Options.CannotUnwind is { } why) Refuse(why);
        if (binder.Options.TellsRegisters) return bound;
        if (binder.Types.Find("struct", "task_struct") is TraceType.Record { Layout: var task } && task.Find("stack") is { } stack)
            return bound with { Operands = [new BoundExpression.Number(stack.Offset, TraceType.Int64, call.Span)] };
        Refuse("this kernel tells neither the registers of a process nor where they are: the first is there from 5.15 on, the second where it has BTF");
        return bound;

        void Refuse(string why) => binder.Error(TraceDiagnostics.NotSupported, $"dw_ustack: {why}", call.Span, "ustack follows frame pointers, and is there everywhere");
    }

    /// <summary>Has the stack gone through: yields its number, or an error below zero.</summary>
    private static Value Unwind(ProbeLowering l, BoundExpression.Call call)
    {
        var type = (TraceType.Stack)call.Type;
        return Answer(l, type, () => new(UnwindFunctions.NameOf(type.Depth), IrType.I64, Process(l), ProbeLowering.Number(l.Script.ReserveUnwinding(type.Depth, isKept: true)), Registers(l, call)));
    }

    // What goes through a stack is not recorded, but what comes of it, as that of the helper which does the like.
    private static Value Answer(ProbeLowering l, TraceType.Stack type, Func<LocalCall> call)
    {
        if (l.Script.IsReplayed) return l.Call(HelperId.GetStackid, l.Context, l.Map(l.Script.StackMap(type)), ProbeLowering.Number(UserStack));
        var found = l.Add(call());
        if (l.Script.IsRecorded) l.Add(new LocalCall(TapeFunctions.Answer, IrType.I64, ProbeLowering.Number((long)HelperId.GetStackid), ProbeLowering.Number(0), found, ProbeLowering.Number(0), ProbeLowering.Number(0)));
        return found;
    }

    private static Value Process(ProbeLowering l) => TraceBuiltins.High(l, TraceBuiltins.Process(l, l.Script.Options.Namespace));

    // The registers with which a process entered the kernel lie at the end of its task's stack there.
    private static Value Registers(ProbeLowering l, BoundExpression.Call call)
    {
        if (call.Operands.IsEmpty) return l.Call(HelperId.TaskPtRegs, l.Call(HelperId.GetCurrentTaskBtf));
        var stack = l.Load(l.PlaceAt(l.Combine(BinaryOperator.Add, l.Call(HelperId.GetCurrentTask), l.Lower(call.Operands[0])), MemorySpace.Kernel), TraceType.UInt64);
        return l.Combine(BinaryOperator.Add, stack, ProbeLowering.Number(KernelStackSize - RegistersSize));
    }

    /// <summary>How many addresses a stack has here.</summary>
    public static Value LowerDepth(ProbeLowering l, BoundExpression.Call call)
    {
        var type = (TraceType.Stack)call.Type;
        if (type.IsUnwound)
        {
            var process = Process(l);
            l.TellOfProcess(process);
            return Answer(l, type, () => new(UnwindFunctions.Walk, IrType.I64, process, ProbeLowering.Number(l.Script.ReserveUnwinding(type.Depth, isKept: false)), Registers(l, call), ProbeLowering.Number(type.Depth)));
        }

        int size = type.Depth * sizeof(ulong);
        var bytes = l.Call(HelperId.GetStack, l.Context, l.AddressOf(l.Temporary(size)), ProbeLowering.Number(size), ProbeLowering.Number(type.IsUser ? UserStack : 0));
        var none = l.Compare(Comparison.Less, bytes, ProbeLowering.Number(0));
        return l.Combine(BinaryOperator.LShr, l.Add(new Select(none, ProbeLowering.Number(0), bytes)), ProbeLowering.Number(3));
    }

    // A process without a stack (a thread of the kernel) is no loss; one that found no room is.
    private static void WriteStack(ProbeLowering l, BoundExpression.Call call, Place to)
    {
        var type = (TraceType.Stack)call.Type;
        var id = type.IsUnwound ? Unwind(l, call) : l.Call(HelperId.GetStackid, l.Context, l.Map(l.Script.StackMap(type)), ProbeLowering.Number(type.IsUser ? UserStack : 0));
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
