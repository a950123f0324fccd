// SPDX-License-Identifier: MIT
using Ruche.Bpf.Kernel.Lowering;

namespace Ruche.Bpf.Kernel;

/// <content>Ring buffers, as the kernel has them, and memory of a size that is not known in advance.</content>
public static unsafe partial class Bpf
{
    /// <summary>Copies a record into a ring; see <see cref="RingBufferFlags"/>. All programs; 5.8.</summary>
    [Helper(130)]
    public static long RingbufOutput<TMap>(TMap ringbuf, void* data, ulong size, ulong flags)
        where TMap : unmanaged => throw KernelOnly.Call;

    /// <summary>Room for a record in a ring; null when it is full. All programs; 5.8.</summary>
    [Helper(131, Returns = AddressSpace.Value)]
    public static void* RingbufReserve<TMap>(TMap ringbuf, ulong size, ulong flags)
        where TMap : unmanaged => throw KernelOnly.Call;

    /// <summary>Hands a record to user space. All programs; 5.8.</summary>
    [Helper(132)]
    public static void RingbufSubmit(void* data, ulong flags) => throw KernelOnly.Call;

    /// <summary>Gives the room of a record back. All programs; 5.8.</summary>
    [Helper(133)]
    public static void RingbufDiscard(void* data, ulong flags) => throw KernelOnly.Call;

    /// <summary>How full a ring is (0), how large (1), or where its reader (2) and its writers (3) are. All programs; 5.8.</summary>
    [Helper(134)]
    public static ulong RingbufQuery<TMap>(TMap ringbuf, ulong flags)
        where TMap : unmanaged => throw KernelOnly.Call;

    /// <summary>Room for a record of any size. Must be submitted or discarded even when there was none. All programs; 5.19.</summary>
    [Helper(198)]
    public static long RingbufReserveDynptr<TMap>(TMap ringbuf, uint size, ulong flags, out Dynptr ptr)
        where TMap : unmanaged => throw KernelOnly.Call;

    /// <summary>Hands a record of any size to user space. All programs; 5.19.</summary>
    [Helper(199)]
    public static void RingbufSubmitDynptr(ref Dynptr ptr, ulong flags) => throw KernelOnly.Call;

    /// <summary>Gives the room of a record of any size back. All programs; 5.19.</summary>
    [Helper(200)]
    public static void RingbufDiscardDynptr(ref Dynptr ptr, ulong flags) => throw KernelOnly.Call;

    /// <summary>Calls a function for each record that user space has written, until it returns 1. Returns for how many. All programs; 6.1.</summary>
    [Helper(209)]
    public static long UserRingbufDrain<TMap, TData>(TMap map, delegate*<Dynptr*, TData*, long> callbackFn, ref TData ctx, ulong flags)
        where TMap : unmanaged
        where TData : unmanaged => throw KernelOnly.Call;

    /// <summary>Makes a dynptr of memory in a map's value. All programs; 5.19.</summary>
    [Helper(197)]
    public static long DynptrFromMem(void* data, uint size, ulong flags, out Dynptr ptr) => throw KernelOnly.Call;

    /// <summary>Copies from the memory of a dynptr; E2BIG beyond its end. All programs; 5.19.</summary>
    [Helper(201)]
    public static long DynptrRead(void* dst, uint len, ref Dynptr src, uint offset, ulong flags) => throw KernelOnly.Call;

    /// <summary>Copies into the memory of a dynptr; E2BIG beyond its end. All programs; 5.19.</summary>
    [Helper(202)]
    public static long DynptrWrite(ref Dynptr dst, uint offset, void* src, uint len, ulong flags) => throw KernelOnly.Call;

    /// <summary>Some bytes of a dynptr's memory, in place; null beyond its end. The length must be a constant. All programs; 5.19.</summary>
    [Helper(203, Returns = AddressSpace.Value)]
    public static void* DynptrData(ref Dynptr ptr, uint offset, uint len) => throw KernelOnly.Call;
}
