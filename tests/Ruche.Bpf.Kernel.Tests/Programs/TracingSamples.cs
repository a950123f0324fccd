// SPDX-License-Identifier: MIT
using static Ruche.Bpf.Kernel.Tests.Programs.SampleTypes;

namespace Ruche.Bpf.Kernel.Tests.Programs;

/// <summary>Programs that trace, as users write them: they compile, and that is what is tested.</summary>
[BpfObject(Name = "tracing")]
internal static unsafe class TracingSamples
{
    [BpfMap(MaxEntries = 1024)]
    private static readonly BpfHashMap<uint, ulong> Counts = default;

    [BpfMap(MaxEntries = 1 << 16)]
    private static readonly BpfRingBuffer<Started> Events = default;

    [BpfMap(MaxEntries = 1)]
    private static readonly BpfArray<Guarded> Totals = default;

    [BpfMap(MaxEntries = 1)]
    private static readonly BpfArray<Delayed> Timers = default;

    [BpfMap(MaxEntries = 1)]
    private static readonly BpfArray<Held> Kept = default;

    [BpfMap(MaxEntries = 1000)]
    private static readonly BpfStackTraceMap Stacks = default;

    [BpfMap]
    private static readonly BpfTaskStorage<ulong> Storage = default;

    [BpfMap(MaxEntries = 1)]
    private static readonly BpfPerfEventArray Buffers = default;

    [Tracepoint("raw_syscalls", "sys_enter")]
    public static int OnEnter(in SysEnterContext context)
    {
        uint pid = (uint)(Bpf.GetCurrentPidTgid() >> 32);
        ref ulong count = ref Counts.LookupOrAdd(pid, 0);
        if (!Bpf.IsNull(ref count)) Interlocked.Increment(ref count);
        return context.Number == 59 ? 1 : 0;
    }

    [BtfTracepoint("sched_process_exec")]
    public static int OnExec(in TaskStruct task)
    {
        using Reservation<Started> room = Events.Reserve();
        if (room.IsNull) return 0;
        ref Started started = ref room.Record;
        started.Time = Bpf.KtimeGetBootNs();
        started.ProcessId = (uint)task.tgid;
        if (Bpf.GetCurrentComm(out started.Name) != 0) return 0;
        room.Submit();
        return 0;
    }

    [Kprobe("do_unlinkat")]
    public static int OnUnlink(in PtRegs registers)
    {
        KernelPointer<TaskStruct> task = Bpf.GetCurrentTask<TaskStruct>();
        int parent = new KernelPointer<TaskStruct>((ulong)task.Target.real_parent).Target.pid;
        Bpf.Printk("unlink by a child of %d"u8, (ulong)parent);
        long id = Stacks.GetStackId(in registers, StackFlags.User);
        return id < 0 ? 1 : 0;
    }

    [Fentry("filp_close")]
    public static int OnClose(in KernelFile file)
    {
        ref Guarded total = ref Totals.Lookup(0);
        if (Bpf.IsNull(ref total)) return 0;
        using (Bpf.Lock(ref total.Lock))
        {
            total.Total += file.f_flags;
        }

        return 0;
    }

    [Uprobe("libc", "malloc")]
    public static int OnMalloc(in PtRegs registers)
    {
        UserPointer<byte> text = new(registers.Argument(0));
        Text64 room = default;
        long length = text.ReadString(room.AsSpan());
        if (length > 0) Buffers.Output(in registers, in room);
        return 0;
    }

    [Usdt("libc", "libc", "setjmp")]
    public static int OnSetjmp(in PtRegs registers)
    {
        if (!Bpf.TryGetUsdtArgument(in registers, 0, out long buffer)) return 0;
        return Bpf.UsdtArgumentCount(in registers) > 1 && buffer > 0 ? 1 : 0;
    }

    [BtfTracepoint("sched_switch")]
    public static int OnSwitch(in WordsContext words)
    {
        KernelPointer<TaskStruct> next = new(words[2]);
        ref TaskStruct task = ref Bpf.TaskFromPid<TaskStruct>(next.Target.pid);
        if (Bpf.IsNull(ref task)) return 0;
        ref ulong seen = ref Storage.GetOrAdd(in task);
        if (!Bpf.IsNull(ref seen)) seen = Bpf.KtimeGetNs();
        Bpf.TaskRelease(in task);
        return 0;
    }

    [Syscall]
    public static int SetTimer(ref ulong delay)
    {
        ref Delayed waiting = ref Timers.Lookup(0);
        if (Bpf.IsNull(ref waiting)) return 0;
        waiting.Timer.Init(Timers);
        waiting.Timer.SetCallback<uint, Delayed>(&OnTimer);
        waiting.Timer.Start(delay);
        return 0;
    }

    [Iterator("task")]
    public static int ShowTask(in IteratorContext<TaskStruct> context)
    {
        ref TaskStruct task = ref context.Object;
        if (Bpf.IsNull(ref task)) return 0;
        context.Meta.SeqPrintf("%d\n"u8, (ulong)task.pid);
        return 0;
    }

    [PerfEvent]
    public static int Sample(in PerfEventContext context)
    {
        ulong sum = 0;
        Counts.ForEach(&Add, ref sum);
        Bpf.Loop(100, &AddTo, ref sum);
        foreach (uint i in Bpf.Range(0, 4)) sum += context.SamplePeriod + i;
        Bpf.IterNumNew(out NumIterator numbers, 0, 100);
        while (Bpf.TryIterNumNext(ref numbers, out int number)) sum += (uint)number;
        Bpf.IterNumDestroy(ref numbers);
        return sum > 100 ? 1 : 0;
    }

    [Lsm("file_open")]
    public static int MayOpen(in KernelFile file, int decided)
    {
        if (Bpf.FieldExists(in file.f_flags) && Bpf.FieldExists<TaskStruct>(nameof(TaskStruct.real_parent)) && Bpf.EnumValueExists<pid_type>(nameof(pid_type.PIDTYPE_TGID)))
            return (int)Bpf.EnumValue<pid_type>(nameof(pid_type.PIDTYPE_TGID)) - (int)Bpf.FieldOffset(in file.f_flags);
        return decided;
    }

    [Syscall]
    public static int KeepTask(ref ulong pid)
    {
        ref TaskStruct task = ref Bpf.TaskFromPid<TaskStruct>((int)pid);
        if (Bpf.IsNull(ref task)) return 1;
        ref Held held = ref Kept.Lookup(0);
        fixed (TaskStruct* taken = &task)
        {
            TaskStruct* old = Bpf.IsNull(ref held) ? taken : Bpf.KptrXchg(ref held.Task, taken);
            if (old != null) Bpf.TaskRelease(in *old);
        }

        return 0;
    }

    private static int OnTimer(void* map, uint* key, Delayed* value)
    {
        value->Fired++;
        return 0;
    }

    private static long Add(void* map, uint* key, ulong* value, ulong* sum)
    {
        *sum += *value;
        return 0;
    }

    private static long AddTo(ulong turn, ulong* sum)
    {
        *sum += turn;
        return 0;
    }
}
