// SPDX-License-Identifier: MIT
using Ruche.Bpf.Compiler.Ir;
using Ruche.Bpf.Features;
using Ruche.Bpf.Objects.Uapi;
using Ruche.Trace.Lowering;
using Ruche.Trace.Probes;
using Ruche.Trace.Types;
using BinaryOperator = Ruche.Bpf.Compiler.Ir.BinaryOperator;

namespace Ruche.Trace.Functions;

/// <summary>The names that stand for something the kernel is asked for. Those that depend on the probe's arguments are the binder's.</summary>
internal static class TraceBuiltins
{
    private const int CommSize = 16;

    private static readonly TraceBuiltin[] All =
    [
        Number("pid", TraceType.UInt32, l => High(l, Process(l, l.Script.Options.Namespace))) with { IsSteady = true },
        Number("tid", TraceType.UInt32, l => Low(l, Process(l, l.Script.Options.Namespace))) with { IsSteady = true },
        Number("uid", TraceType.UInt32, l => Low(l, l.Call(HelperId.GetCurrentUidGid))),
        Number("gid", TraceType.UInt32, l => High(l, l.Call(HelperId.GetCurrentUidGid))),
        Number("username", new TraceType.Named(NameKind.User), l => Low(l, l.Call(HelperId.GetCurrentUidGid))),
        Number("nsecs", TraceType.UInt64, Now),
        Number("elapsed", TraceType.UInt64, l => l.Combine(BinaryOperator.Sub, Now(l), l.Shared(SharedState.StartTime))),
        Number("cpu", TraceType.UInt32, l => l.Call(HelperId.GetSmpProcessorId)),
        Number("numaid", TraceType.UInt32, l => l.Call(HelperId.GetNumaNodeId)),
        Number("cgroup", TraceType.UInt64, l => l.Call(HelperId.GetCurrentCgroupId)),
        Number("rand", TraceType.UInt32, l => Low(l, l.Call(HelperId.GetPrandomU32))),
        Number("jiffies", TraceType.UInt64, l => l.Call(HelperId.Jiffies64)),
        Number("ncpus", TraceType.UInt64, l => ProbeLowering.Number(l.Script.Options.CpuCount)),
        Number("cpid", TraceType.UInt32, l => ProbeLowering.Number(l.Script.Options.Child ?? 0)),
        Number("has_cpid", TraceType.Bool, l => ProbeLowering.Number(l.Script.Options.Child is null ? 0 : 1)),
        Number("usermode", TraceType.UInt8, LowerUserMode) with
        {
            IsKnownTo = site => site is ProbeSite.Profile or ProbeSite.Interval or ProbeSite.Counter or ProbeSite.Watchpoint or ProbeSite.KernelProbe or ProbeSite.UserProbe,
            Where = "profile, interval, software, hardware, kprobe, kretprobe, uprobe and uretprobe",
        },
        new("curtask", b => new TraceType.Pointer(b.Types.Find("struct", "task_struct") ?? TraceType.None, MemorySpace.Kernel)) { Value = l => l.Call(HelperId.GetCurrentTask) },
        new("comm", _ => new TraceType.Text(CommSize)) { Write = WriteName },
        new("func", b => new TraceType.Symbol(IsUser: b.Site is ProbeSite.UserProbe))
        {
            Write = WriteFunction,
            IsKnownTo = site => site is ProbeSite.KernelProbe or ProbeSite.UserProbe or ProbeSite.KernelFunction,
            Where = "kprobe, kretprobe, fentry, fexit, uprobe and uretprobe",
        },
    ];

    private static readonly Dictionary<string, TraceBuiltin> ByName = All.ToDictionary(b => b.Name);

    public static IEnumerable<string> Names => ByName.Keys;

    public static TraceBuiltin? Find(string name) => ByName.GetValueOrDefault(name);

    /// <summary>The time since boot, in nanoseconds.</summary>
    public static Value Now(ProbeLowering l) => l.Call(l.Script.Target.Has(HelperId.KtimeGetBootNs) ? HelperId.KtimeGetBootNs : HelperId.KtimeGetNs);

    /// <summary>The process and, in the lower half, the thread, by their numbers in a namespace; zero for those that are not in it.</summary>
    public static Value Process(ProbeLowering l, PidNamespace? space)
    {
        if (space is null) return l.Call(HelperId.GetCurrentPidTgid);
        var numbers = l.Temporary(sizeof(ulong));
        l.Call(HelperId.GetNsCurrentPidTgid, ProbeLowering.Number((long)space.Device), ProbeLowering.Number((long)space.Inode), l.AddressOf(numbers), ProbeLowering.Number(sizeof(ulong)));

        // The thread comes first.
        return l.Load(numbers, TraceType.UInt64);
    }

    public static Value High(ProbeLowering l, Value value) => l.Combine(BinaryOperator.LShr, value, ProbeLowering.Number(32));

    private static TraceBuiltin Number(string name, TraceType type, Func<ProbeLowering, Value> value) => new(name, _ => type) { Value = value };

    public static Value Low(ProbeLowering l, Value value) =>
        l.Extend(l.Add(new Bpf.Compiler.Ir.Convert(Conversion.Truncate, IrType.I32, value)), isSigned: false);

    private static void WriteFunction(ProbeLowering l, Place to)
    {
        if (l.Site is ProbeSite.UserProbe)
        {
            l.Store(to, InUser(l), sizeof(ulong));
            SymbolFunctions.WriteProcess(l, to.Plus(sizeof(ulong)));
            return;
        }

        // At an entry the next instruction is one of the function.
        bool isEntry = l.Site is ProbeSite.KernelProbe { IsReturn: false } && !l.Script.Target.Has(HelperId.GetFuncIp);
        Value address = isEntry ? l.Add(new Load(IrType.I64, l.Context, ProcessorRegisters.Instruction)) : l.Call(HelperId.GetFuncIp, l.Context);
        l.Store(to, address, sizeof(ulong));
    }

    /// <summary>Where in a program the probe is: the instruction, or the function that returns. Kernels before 6.6 know only where it returns to.</summary>
    public static Value InUser(ProbeLowering l)
    {
        var here = l.Add(new Load(IrType.I64, l.Context, ProcessorRegisters.Instruction));
        if (l.Site is not ProbeSite.UserProbe { IsReturn: true } || !l.Script.Target.Has(HelperId.GetFuncIp)) return here;
        var function = l.Call(HelperId.GetFuncIp, l.Context);
        return l.Add(new Select(l.Compare(Comparison.NotEqual, function, ProbeLowering.Number(0)), function, here));
    }

    private static void WriteName(ProbeLowering l, Place to)
    {
        if (!l.Script.Target.PadsNames) l.Clear(to, CommSize);
        l.Call(HelperId.GetCurrentComm, l.AddressOf(to), ProbeLowering.Number(CommSize));
    }

    private static Value LowerUserMode(ProbeLowering l)
    {
        var (register, mask, value) = ProcessorRegisters.UserMode;
        var state = l.Add(new Load(IrType.I64, l.Context, register));
        return l.Extend(l.Compare(Comparison.Equal, l.Combine(BinaryOperator.And, state, ProbeLowering.Number(mask)), ProbeLowering.Number(value)), isSigned: false);
    }
}
