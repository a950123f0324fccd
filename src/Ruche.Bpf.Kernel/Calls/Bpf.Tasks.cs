// SPDX-License-Identifier: MIT
using System.Runtime.CompilerServices;
using Ruche.Bpf.Kernel.Lowering;

namespace Ruche.Bpf.Kernel;

/// <content>The task that runs.</content>
public static unsafe partial class Bpf
{
    /// <summary>The process's id in the upper half (what user space calls its pid), the thread's in the lower. All programs; 4.2.</summary>
    [Helper(14)]
    public static ulong GetCurrentPidTgid() => throw KernelOnly.Call;

    /// <summary>What user space calls the id of the process that runs.</summary>
    public static uint CurrentProcessId => (uint)(GetCurrentPidTgid() >> 32);

    /// <summary>What user space calls the id of the thread that runs.</summary>
    public static uint CurrentThreadId => (uint)GetCurrentPidTgid();

    /// <summary>The user on whose behalf it runs.</summary>
    public static uint CurrentUserId => (uint)GetCurrentUidGid();

    /// <summary>The group on whose behalf it runs.</summary>
    public static uint CurrentGroupId => (uint)(GetCurrentUidGid() >> 32);

    /// <summary>The group's id in the upper half, the user's in the lower. All programs; 4.2.</summary>
    [Helper(15)]
    public static ulong GetCurrentUidGid() => throw KernelOnly.Call;

    /// <summary>Copies the thread's name, at most 16 bytes with the zero behind it. All programs; 4.2.</summary>
    [Helper(16)]
    public static long GetCurrentComm(void* buf, uint sizeOfBuf) => throw KernelOnly.Call;

    /// <summary>The thread's name.</summary>
    public static long GetCurrentComm(out Text16 comm)
    {
        Unsafe.SkipInit(out comm);
        fixed (Text16* to = &comm) return GetCurrentComm(to, (uint)sizeof(Text16));
    }

    /// <summary>The address of the thread's <c>task_struct</c>, which probing helpers can follow. Tracing; 4.8; GPL.</summary>
    [Helper(35)]
    public static ulong GetCurrentTask() => throw KernelOnly.Call;

    /// <summary>The thread's <c>task_struct</c>, which probing helpers can follow.</summary>
    public static KernelPointer<TTask> GetCurrentTask<TTask>()
        where TTask : unmanaged => new(GetCurrentTask());

    /// <summary>The thread's <c>task_struct</c>, to be read directly. Tracing; 5.11; GPL.</summary>
    [Helper(158, Returns = AddressSpace.Kernel)]
    public static ref TTask GetCurrentTaskBtf<TTask>()
        where TTask : unmanaged => throw KernelOnly.Call;

    /// <summary>The registers that a task had when it left user space. Tracing; 5.15; GPL.</summary>
    [Helper(175, Returns = AddressSpace.Kernel)]
    public static ref PtRegs TaskPtRegs<TTask>(ref readonly TTask task)
        where TTask : unmanaged => throw KernelOnly.Call;

    /// <summary>The ids of process and thread as the PID namespace knows them that device and inode number of its file name. All programs; 5.7.</summary>
    [Helper(120)]
    public static long GetNsCurrentPidTgid(ulong dev, ulong ino, out ProcessIds nsdata, uint size) => throw KernelOnly.Call;

    /// <summary>The number of the CPU that the program runs on. All programs; 4.1.</summary>
    [Helper(8)]
    public static uint GetSmpProcessorId() => throw KernelOnly.Call;

    /// <summary>The number of the memory node that the CPU belongs to. All programs; 4.10.</summary>
    [Helper(42)]
    public static long GetNumaNodeId() => throw KernelOnly.Call;

    /// <summary>A random number, not for secrets. All programs; 4.1.</summary>
    [Helper(7)]
    public static uint GetPrandomU32() => throw KernelOnly.Call;

    /// <summary>Sends a signal to the process that runs. Tracing; 5.3.</summary>
    [Helper(109)]
    public static long SendSignal(uint sig) => throw KernelOnly.Call;

    /// <summary>Sends a signal to the thread that runs. Tracing; 5.6.</summary>
    [Helper(117)]
    public static long SendSignalThread(uint sig) => throw KernelOnly.Call;

    /// <summary>Keeps the probed function from running and makes it return a value; for functions that allow error injection. Kprobes; 4.16; GPL.</summary>
    [Helper(58)]
    public static long OverrideReturn<TContext>(ref readonly TContext regs, ulong rc)
        where TContext : unmanaged => throw KernelOnly.Call;

    /// <summary>Calls a function with the area of a task's memory that an address lies in. Tracing; 5.17.</summary>
    [Helper(180)]
    public static long FindVma<TTask, TData>(ref readonly TTask task, ulong addr, delegate*<TTask*, void*, TData*, long> callbackFn, ref TData callbackCtx, ulong flags)
        where TTask : unmanaged
        where TData : unmanaged => throw KernelOnly.Call;

    /// <summary>Sets how a program file is executed; flag 1: as if it gave more rights. LSM; 5.11.</summary>
    [Helper(159)]
    public static long BprmOptsSet<TBinary>(ref readonly TBinary bprm, ulong flags)
        where TBinary : unmanaged => throw KernelOnly.Call;

    /// <summary>The ids of process and thread as the PID namespace knows them that device and inode number of its file name (5.7).</summary>
    public static long GetNsCurrentPidTgid(ulong device, ulong inode, out ProcessIds ids) => GetNsCurrentPidTgid(device, inode, out ids, (uint)sizeof(ProcessIds));
}
