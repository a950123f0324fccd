// SPDX-License-Identifier: MIT
using Ruche.Bpf.Kernel.Lowering;

namespace Ruche.Bpf.Kernel;

/// <content>Work that is done elsewhere.</content>
public static unsafe partial class Bpf
{
    /// <summary>Makes work in a value of the map ready. Since 6.10.</summary>
    [Kfunc("bpf_wq_init")]
    public static int WqInit<TMap>(ref BpfWorkQueue work, TMap map, uint flags)
        where TMap : unmanaged => throw KernelOnly.Call;

    /// <summary>Says what the work is. Since 6.10.</summary>
    [Kfunc("bpf_wq_set_callback_impl")]
    internal static int WqSetCallbackImpl(ref BpfWorkQueue work, void* callback, uint flags, void* aux) => throw KernelOnly.Call;

    /// <summary>Has the work done soon, where it may wait. Since 6.10.</summary>
    [Kfunc("bpf_wq_start")]
    public static int WqStart(ref BpfWorkQueue work, uint flags) => throw KernelOnly.Call;

    /// <summary>Says what the work is: a method that gets the map, the key and the value (6.10).</summary>
    public static int WqSetCallback<TKey, TValue>(ref BpfWorkQueue work, delegate*<void*, TKey*, TValue*, int> callback)
        where TKey : unmanaged
        where TValue : unmanaged => WqSetCallbackImpl(ref work, callback, 0, null);

    /// <summary>Has a task do work, woken by a signal if need be. Since 6.18.</summary>
    [Kfunc("bpf_task_work_schedule_signal_impl")]
    internal static int TaskWorkScheduleSignalImpl<TTask, TMap>(ref readonly TTask task, ref BpfTaskWork work, TMap map, void* callback, void* aux)
        where TTask : unmanaged
        where TMap : unmanaged => throw KernelOnly.Call;

    /// <summary>Has a task do work once it returns to user space. Since 6.18.</summary>
    [Kfunc("bpf_task_work_schedule_resume_impl")]
    internal static int TaskWorkScheduleResumeImpl<TTask, TMap>(ref readonly TTask task, ref BpfTaskWork work, TMap map, void* callback, void* aux)
        where TTask : unmanaged
        where TMap : unmanaged => throw KernelOnly.Call;

    /// <summary>Has a task do work once it returns to user space; the method gets the map, the key and the value (6.18).</summary>
    public static int TaskWorkScheduleResume<TTask, TMap, TKey, TValue>(
        ref readonly TTask task, ref BpfTaskWork work, TMap map, delegate*<void*, TKey*, TValue*, int> callback)
        where TTask : unmanaged
        where TMap : unmanaged
        where TKey : unmanaged
        where TValue : unmanaged => TaskWorkScheduleResumeImpl(in task, ref work, map, callback, null);

    /// <summary>Has a task do work, woken by a signal if need be; the method gets the map, the key and the value (6.18).</summary>
    public static int TaskWorkScheduleSignal<TTask, TMap, TKey, TValue>(
        ref readonly TTask task, ref BpfTaskWork work, TMap map, delegate*<void*, TKey*, TValue*, int> callback)
        where TTask : unmanaged
        where TMap : unmanaged
        where TKey : unmanaged
        where TValue : unmanaged => TaskWorkScheduleSignalImpl(in task, ref work, map, callback, null);
}
