// SPDX-License-Identifier: MIT
using Ruche.Bpf.Kernel;

namespace Hooks;

/// <summary>A task that is started, seen from four sides: where a function of the kernel begins and returns, by its registers and by its types.</summary>
[BpfObject]
public static unsafe class TaskHooks
{
    [BpfMap(MaxEntries = 64 * 1024)]
    private static readonly BpfRingBuffer<TaskEvent> Events = default;

    /// <summary>Who is looked at.</summary>
    private static readonly uint Process = 0;

    [Kprobe("wake_up_new_task")]
    public static int OnWakeByRegisters(in task_struct started) => Tell(TaskSide.Kprobe, started.tgid, started.real_parent->tgid, in started);

    [Fentry("wake_up_new_task")]
    public static int OnWakeByTypes(in task_struct started) => Tell(TaskSide.Fentry, started.tgid, started.real_parent->tgid, in started);

    [Kretprobe("kernel_clone")]
    public static int OnClonedByRegisters(int result) => Told(TaskSide.Kretprobe, result, 0);

    [Fexit("kernel_clone")]
    public static int OnClonedByTypes(in kernel_clone_args arguments, int result) => Told(TaskSide.Fexit, result, arguments.flags);

    private static int Tell(TaskSide side, int process, int parent, in task_struct started)
    {
        if ((uint)(Bpf.GetCurrentPidTgid() >> 32) != Process) return 0;
        var room = Events.Reserve();
        if (room.IsNull) return 0;
        ref TaskEvent told = ref room.Record;
        told.Side = side;
        told.Result = process;
        told.ParentId = parent;
        told.Unused = 0;
        told.Flags = 0;
        Bpf.GetCurrentComm(out told.Command);
        fixed (task_struct* at = &started) Bpf.ProbeReadKernelStr(told.Name.AsSpan(), (ulong)&at->comm);
        room.Submit();
        return 0;
    }

    private static int Told(TaskSide side, int result, ulong flags)
    {
        if ((uint)(Bpf.GetCurrentPidTgid() >> 32) != Process) return 0;
        var room = Events.Reserve();
        if (room.IsNull) return 0;
        room.Record = new() { Side = side, Result = result, Flags = flags };
        room.Submit();
        return 0;
    }
}

/// <summary>From where a task was seen.</summary>
public enum TaskSide
{
    Kprobe,
    Fentry,
    Kretprobe,
    Fexit,
}

/// <summary>What one side told.</summary>
public struct TaskEvent
{
    public TaskSide Side;

    /// <summary>The process that was started.</summary>
    public int Result;

    public int ParentId;
    public int Unused;
    public ulong Flags;

    /// <summary>What who starts it is called.</summary>
    public Text16 Command;

    /// <summary>What it is called itself.</summary>
    public Text16 Name;
}

[KernelType("struct task_struct")]
public unsafe struct task_struct
{
    public int tgid;
    public task_struct* real_parent;
    public Text16 comm;
}

[KernelType("struct kernel_clone_args")]
public struct kernel_clone_args
{
    public ulong flags;
}
