// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;
using Ruche.Bpf.Kernel.Lowering;

namespace Ruche.Bpf.Kernel;

/// <content>Stacks, functions and branches.</content>
public static unsafe partial class Bpf
{
    /// <summary>Keeps the stack in a map of stack traces and returns its id; see <see cref="StackFlags"/>. Tracing; 4.6; GPL.</summary>
    [Helper(27)]
    public static long GetStackid<TContext, TMap>(ref readonly TContext ctx, TMap map, ulong flags)
        where TContext : unmanaged
        where TMap : unmanaged => throw KernelOnly.Call;

    /// <summary>Copies the stack's addresses, eight bytes each. Returns how many bytes they have; see <see cref="StackFlags"/>. Tracing; 4.18; GPL.</summary>
    [Helper(67)]
    public static long GetStack<TContext>(ref readonly TContext ctx, void* buf, uint size, ulong flags)
        where TContext : unmanaged => throw KernelOnly.Call;

    /// <summary>Copies the addresses of another task's stack. Returns how many bytes they have. Tracing; 5.9.</summary>
    [Helper(141)]
    public static long GetTaskStack<TTask>(ref readonly TTask task, void* buf, uint size, ulong flags)
        where TTask : unmanaged => throw KernelOnly.Call;

    /// <summary>Copies the stack's addresses. Returns how many bytes they have, or a negative error.</summary>
    public static long GetStack<TContext>(ref readonly TContext ctx, Span<ulong> frames, StackFlags flags)
        where TContext : unmanaged
    {
        fixed (ulong* to = &MemoryMarshal.GetReference(frames)) return GetStack(in ctx, to, (uint)frames.Length * 8, (ulong)flags);
    }

    /// <summary>The address of the function that is probed or traced. Tracing; 5.15; GPL.</summary>
    [Helper(173)]
    public static ulong GetFuncIp<TContext>(ref readonly TContext ctx)
        where TContext : unmanaged => throw KernelOnly.Call;

    /// <summary>The number that user space gave when it attached the program. Tracing; 5.15.</summary>
    [Helper(174)]
    public static ulong GetAttachCookie<TContext>(ref readonly TContext ctx)
        where TContext : unmanaged => throw KernelOnly.Call;

    /// <summary>An argument of the traced function. Fentry, fexit, fmod_ret; 5.17.</summary>
    [Helper(183)]
    public static long GetFuncArg<TContext>(ref readonly TContext ctx, uint n, out ulong value)
        where TContext : unmanaged => throw KernelOnly.Call;

    /// <summary>What the traced function returns. Fexit, fmod_ret; 5.17.</summary>
    [Helper(184)]
    public static long GetFuncRet<TContext>(ref readonly TContext ctx, out ulong value)
        where TContext : unmanaged => throw KernelOnly.Call;

    /// <summary>How many arguments the traced function has. Fentry, fexit, fmod_ret; 5.17.</summary>
    [Helper(185)]
    public static long GetFuncArgCnt<TContext>(ref readonly TContext ctx)
        where TContext : unmanaged => throw KernelOnly.Call;

    /// <summary>Copies the branches that the CPU has recorded for the event. Flag 1: only tells how many bytes they have. Perf events; 5.7; GPL.</summary>
    [Helper(119)]
    public static long ReadBranchRecords(ref readonly PerfEventContext ctx, void* buf, uint size, ulong flags) => throw KernelOnly.Call;

    /// <summary>Copies the branches that the CPU has just taken. Returns how many bytes they have. Tracing; 5.16; GPL.</summary>
    [Helper(176)]
    public static long GetBranchSnapshot(void* entries, uint size, ulong flags) => throw KernelOnly.Call;

    /// <summary>The address of a symbol of the kernel. Syscall; 5.16.</summary>
    [Helper(179)]
    public static long KallsymsLookupName(void* name, int nameSz, int flags, out ulong res) => throw KernelOnly.Call;
}
