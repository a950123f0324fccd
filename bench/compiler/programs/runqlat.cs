// SPDX-License-Identifier: MIT
/// <summary>How long threads that could run wait for a CPU.</summary>
[BpfObject]
public static class RunQueueLatency
{
    private const uint LastSlot = 25;

    [KernelType("struct task_struct")]
    private struct task_struct
    {
        public int pid;
    }

    [BpfMap(MaxEntries = 10240)]
    private static readonly BpfHashMap<int, ulong> Ready;

    [BpfMap(MaxEntries = LastSlot + 1)]
    private static readonly BpfArray<ulong> Slots;

    [BtfTracepoint("sched_wakeup")]
    private static int OnWakeup(in task_struct task) => Note(task.pid);

    [BtfTracepoint("sched_wakeup_new")]
    private static int OnNew(in task_struct task) => Note(task.pid);

    [BtfTracepoint("sched_switch")]
    private static int OnSwitch(bool isPreempted, in task_struct from, in task_struct to)
    {
        if (isPreempted) Note(from.pid);
        int thread = to.pid;
        ref ulong since = ref Ready.Lookup(in thread);
        if (Bpf.IsNull(ref since)) return 0;
        ulong waited = (Bpf.KtimeGetNs() - since) / 1000;
        uint slot = 0;
        for (; waited > 1 && slot < LastSlot; slot++) waited >>= 1;
        ref ulong count = ref Slots.Lookup(slot);
        if (!Bpf.IsNull(ref count)) Interlocked.Increment(ref count);
        Ready.Delete(in thread);
        return 0;
    }

    private static int Note(int thread)
    {
        ulong now = Bpf.KtimeGetNs();
        if (thread != 0) Ready.Update(in thread, in now);
        return 0;
    }
}
