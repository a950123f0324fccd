// SPDX-License-Identifier: MIT
using Ruche.Bpf.Kernel.Lowering;

namespace Ruche.Bpf.Kernel;

/// <content>Maps, as the kernel has them. The map types have methods that are easier to use.</content>
public static unsafe partial class Bpf
{
    /// <summary>The value of a key; null when there is none. All programs; 3.19.</summary>
    [Helper(1, Returns = AddressSpace.Value)]
    public static void* MapLookupElem<TMap>(TMap map, void* key)
        where TMap : unmanaged => throw KernelOnly.Call;

    /// <summary>Adds or replaces an entry. All programs; 3.19.</summary>
    [Helper(2)]
    public static long MapUpdateElem<TMap>(TMap map, void* key, void* value, UpdateMode flags)
        where TMap : unmanaged => throw KernelOnly.Call;

    /// <summary>Removes an entry. All programs; 3.19.</summary>
    [Helper(3)]
    public static long MapDeleteElem<TMap>(TMap map, void* key)
        where TMap : unmanaged => throw KernelOnly.Call;

    /// <summary>Adds a value to a queue, stack or bloom filter; flag 2: the oldest makes room. All programs; 4.20.</summary>
    [Helper(87)]
    public static long MapPushElem<TMap>(TMap map, void* value, ulong flags)
        where TMap : unmanaged => throw KernelOnly.Call;

    /// <summary>Takes a value from a queue or stack. All programs; 4.20.</summary>
    [Helper(88)]
    public static long MapPopElem<TMap>(TMap map, void* value)
        where TMap : unmanaged => throw KernelOnly.Call;

    /// <summary>Copies the next value of a queue or stack, or asks a bloom filter for one. All programs; 4.20.</summary>
    [Helper(89)]
    public static long MapPeekElem<TMap>(TMap map, void* value)
        where TMap : unmanaged => throw KernelOnly.Call;

    /// <summary>The value of a key on some CPU; null when there is none. All programs; 5.19.</summary>
    [Helper(195, Returns = AddressSpace.Value)]
    public static void* MapLookupPercpuElem<TMap>(TMap map, void* key, uint cpu)
        where TMap : unmanaged => throw KernelOnly.Call;

    /// <summary>Calls a function for each entry until it returns 1. Returns for how many. All programs; 5.13.</summary>
    [Helper(164)]
    public static long ForEachMapElem<TMap>(TMap map, void* callbackFn, void* callbackCtx, ulong flags)
        where TMap : unmanaged => throw KernelOnly.Call;

    /// <summary>
    /// Makes the packet go to a device, CPU or socket of the map; the lowest bits of the flags are what to return when there is none. XDP; 4.14.
    /// </summary>
    [Helper(51)]
    public static long RedirectMap<TMap>(TMap map, ulong key, ulong flags)
        where TMap : unmanaged => throw KernelOnly.Call;

    /// <summary>Goes on in another program and does not come back; returns, with an error, only when there is none. All programs; 4.2.</summary>
    [Helper(12)]
    public static long TailCall<TContext, TMap>(ref readonly TContext ctx, TMap progArrayMap, uint index)
        where TContext : unmanaged
        where TMap : unmanaged => throw KernelOnly.Call;

    /// <summary>The memory that belongs to the program and its control group; never null. Control groups; 4.19.</summary>
    [Helper(81, Returns = AddressSpace.Value)]
    public static void* GetLocalStorage<TMap>(TMap map, ulong flags)
        where TMap : unmanaged => throw KernelOnly.Call;

    /// <summary>The memory that belongs to a socket; flag 1 makes it when there is none. Networking and tracing; 5.2.</summary>
    [Helper(107, Returns = AddressSpace.Value)]
    public static void* SkStorageGet<TMap>(TMap map, void* sk, void* value, ulong flags)
        where TMap : unmanaged => throw KernelOnly.Call;

    /// <summary>Gives up the memory that belongs to a socket. Networking and tracing; 5.2.</summary>
    [Helper(108)]
    public static long SkStorageDelete<TMap>(TMap map, void* sk)
        where TMap : unmanaged => throw KernelOnly.Call;

    /// <summary>The memory that belongs to an inode; flag 1 makes it when there is none. LSM and tracing; 5.10.</summary>
    [Helper(145, Returns = AddressSpace.Value)]
    public static void* InodeStorageGet<TMap>(TMap map, void* inode, void* value, ulong flags)
        where TMap : unmanaged => throw KernelOnly.Call;

    /// <summary>Gives up the memory that belongs to an inode. LSM and tracing; 5.10.</summary>
    [Helper(146)]
    public static int InodeStorageDelete<TMap>(TMap map, void* inode)
        where TMap : unmanaged => throw KernelOnly.Call;

    /// <summary>The memory that belongs to a task; flag 1 makes it when there is none. Tracing; 5.11.</summary>
    [Helper(156, Returns = AddressSpace.Value)]
    public static void* TaskStorageGet<TMap>(TMap map, void* task, void* value, ulong flags)
        where TMap : unmanaged => throw KernelOnly.Call;

    /// <summary>Gives up the memory that belongs to a task. Tracing; 5.11.</summary>
    [Helper(157)]
    public static long TaskStorageDelete<TMap>(TMap map, void* task)
        where TMap : unmanaged => throw KernelOnly.Call;

    /// <summary>The memory that belongs to a control group; flag 1 makes it when there is none. All programs; 6.2.</summary>
    [Helper(210, Returns = AddressSpace.Value)]
    public static void* CgrpStorageGet<TMap>(TMap map, void* cgroup, void* value, ulong flags)
        where TMap : unmanaged => throw KernelOnly.Call;

    /// <summary>Gives up the memory that belongs to a control group. All programs; 6.2.</summary>
    [Helper(211)]
    public static long CgrpStorageDelete<TMap>(TMap map, void* cgroup)
        where TMap : unmanaged => throw KernelOnly.Call;

    /// <summary>Waits for a lock in a map's value and takes it; nothing may be called until it is given back. All programs; 5.1.</summary>
    [Helper(93)]
    public static long SpinLock(ref BpfSpinLock @lock) => throw KernelOnly.Call;

    /// <summary>Gives a lock back. All programs; 5.1.</summary>
    [Helper(94)]
    public static long SpinUnlock(ref BpfSpinLock @lock) => throw KernelOnly.Call;

    /// <summary>The map that a key of a map of maps stands for, see <see cref="IsNullMap{TMap}"/> (4.12).</summary>
    [Helper(1)]
    internal static TInner MapLookupInner<TMap, TInner>(TMap map, void* key)
        where TMap : unmanaged
        where TInner : unmanaged => throw KernelOnly.Call;

    /// <summary>The socket that a key of a socket map stands for; null when there is none. Must be released (5.8).</summary>
    [Helper(1, Returns = AddressSpace.Kernel)]
    internal static SockContext* MapLookupSocket<TMap>(TMap map, void* key)
        where TMap : unmanaged => throw KernelOnly.Call;

    /// <summary>Whether a map of maps had no such map.</summary>
    [Intrinsic]
    public static bool IsNullMap<TMap>(TMap map)
        where TMap : unmanaged => throw KernelOnly.Call;

    /// <summary>How many entries a map is declared to have, as a constant; of a map that is known only when the program runs, an error of the build.</summary>
    [Intrinsic]
    public static uint CapacityOf<TMap>(TMap map)
        where TMap : unmanaged => throw KernelOnly.Call;

    /// <summary>Takes a lock in a map's value until the end of the <c>using</c> statement. Nothing may be called meanwhile (5.1).</summary>
    public static SpinLockScope Lock(ref BpfSpinLock @lock)
    {
        SpinLock(ref @lock);
        return new(ref @lock);
    }
}
