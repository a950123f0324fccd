// SPDX-License-Identifier: MIT
using Ruche.Bpf.Kernel.Lowering;

namespace Ruche.Bpf.Kernel;

/// <content>Tasks that programs hold.</content>
public static unsafe partial class Bpf
{
    /// <summary>Keeps a task from going away; a null reference when it is about to. Must be released. Since 6.2.</summary>
    [Kfunc("bpf_task_acquire")]
    public static ref TTask TaskAcquire<TTask>(ref readonly TTask task)
        where TTask : unmanaged => throw KernelOnly.Call;

    /// <summary>Gives a task back. Since 6.2.</summary>
    [Kfunc("bpf_task_release")]
    public static void TaskRelease<TTask>(ref readonly TTask task)
        where TTask : unmanaged => throw KernelOnly.Call;

    /// <summary>A task by its id on the host; a null reference when there is none. Must be released. Since 6.2.</summary>
    [Kfunc("bpf_task_from_pid")]
    public static ref TTask TaskFromPid<TTask>(int pid)
        where TTask : unmanaged => throw KernelOnly.Call;

    /// <summary>A task by its id in the running task's PID namespace; a null reference when there is none. Must be released. Since 6.14.</summary>
    [Kfunc("bpf_task_from_vpid")]
    public static ref TTask TaskFromVpid<TTask>(int pid)
        where TTask : unmanaged => throw KernelOnly.Call;

    /// <summary>Whether a task belongs to a control group or one below it: 1, or 0. Since 6.5.</summary>
    [Kfunc("bpf_task_under_cgroup")]
    public static long TaskUnderCgroup<TTask, TCgroup>(ref readonly TTask task, ref readonly TCgroup ancestor)
        where TTask : unmanaged
        where TCgroup : unmanaged => throw KernelOnly.Call;

    /// <summary>A task's control group in a hierarchy of version 1; a null reference when there is none. Must be released. Since 6.8.</summary>
    [Kfunc("bpf_task_get_cgroup1")]
    public static ref TCgroup TaskGetCgroup1<TTask, TCgroup>(ref readonly TTask task, int hierarchy)
        where TTask : unmanaged
        where TCgroup : unmanaged => throw KernelOnly.Call;

    /// <summary>Sends a signal to a thread or a process, with a number. Since 6.13.</summary>
    [Kfunc("bpf_send_signal_task")]
    public static int SendSignalTask<TTask>(ref readonly TTask task, int signal, SignalTarget target, ulong value)
        where TTask : unmanaged => throw KernelOnly.Call;

    /// <summary>
    /// The file that a task runs; a null reference when there is none. Must be put back with <see cref="PutFile{TFile}"/>. In LSM programs. Since 6.12.
    /// </summary>
    [Kfunc("bpf_get_task_exe_file")]
    public static ref TFile GetTaskExeFile<TTask, TFile>(ref readonly TTask task)
        where TTask : unmanaged
        where TFile : unmanaged => throw KernelOnly.Call;
}
