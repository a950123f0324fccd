// SPDX-License-Identifier: MIT
using Ruche.Bpf.Kernel.Lowering;

namespace Ruche.Bpf.Kernel;

/// <content>Loops, other programs, and what only programs of user space may call.</content>
public static unsafe partial class Bpf
{
    /// <summary>Calls a function with 0, 1, 2 and so on, until it returns 1. Returns how many times. All programs; 5.17.</summary>
    [Helper(181)]
    public static long Loop<TData>(uint nrLoops, delegate*<ulong, TData*, long> callbackFn, ref TData callbackCtx, ulong flags)
        where TData : unmanaged => throw KernelOnly.Call;

    /// <summary>Calls a function with 0, 1, 2 and so on, until it returns 1. Returns how many times (5.17).</summary>
    public static long Loop<TData>(uint count, delegate*<ulong, TData*, long> callback, ref TData data)
        where TData : unmanaged => Loop(count, callback, ref data, 0);

    /// <summary>The system call <c>bpf</c>. Syscall; 5.14; may sleep.</summary>
    [Helper(166)]
    public static long SysBpf(uint cmd, void* attr, uint attrSize) => throw KernelOnly.Call;

    /// <summary>The id of a type of the kernel, with the descriptor of its module's types in the upper half. Syscall; 5.14; may sleep.</summary>
    [Helper(167)]
    public static long BtfFindByNameKind(void* name, int nameSz, uint kind, int flags) => throw KernelOnly.Call;

    /// <summary>Closes a descriptor. Syscall; 5.14; may sleep.</summary>
    [Helper(168)]
    public static long SysClose(uint fd) => throw KernelOnly.Call;

    /// <summary>Puts a pointer to an object into a map's value, and takes out what was there; the program owns that then. All programs; 5.19.</summary>
    [Helper(194, Returns = AddressSpace.Kernel)]
    public static T* KptrXchg<T>(ref T* mapValue, T* ptr)
        where T : unmanaged => throw KernelOnly.Call;
}
