// SPDX-License-Identifier: MIT
using Ruche.Bpf.Kernel.Lowering;

namespace Ruche.Bpf.Kernel;

/// <content>Performance counters and their buffers.</content>
public static unsafe partial class Bpf
{
    /// <summary>
    /// A counter's value; the flags are the index, or <see cref="CurrentCpu"/>. Errors cannot be told from values: better
    /// <see cref="PerfEventReadValue"/>. Tracing; 4.3; GPL.
    /// </summary>
    [Helper(22)]
    public static ulong PerfEventRead<TMap>(TMap map, ulong flags)
        where TMap : unmanaged => throw KernelOnly.Call;

    /// <summary>A counter's value and for how long it has counted; the flags are the index, or <see cref="CurrentCpu"/>. Tracing; 4.15; GPL.</summary>
    [Helper(55)]
    public static long PerfEventReadValue<TMap>(TMap map, ulong flags, out PerfEventValue buf, uint bufSize)
        where TMap : unmanaged => throw KernelOnly.Call;

    /// <summary>The value of the event that the program is attached to. Perf events; 4.15; GPL.</summary>
    [Helper(56)]
    public static long PerfProgReadValue(ref readonly PerfEventContext ctx, out PerfEventValue buf, uint bufSize) => throw KernelOnly.Call;

    /// <summary>Writes a record to a perf buffer; the flags are its index, or <see cref="CurrentCpu"/>. All programs; 4.4; GPL.</summary>
    [Helper(25)]
    public static long PerfEventOutput<TContext, TMap>(ref readonly TContext ctx, TMap map, ulong flags, void* data, ulong size)
        where TContext : unmanaged
        where TMap : unmanaged => throw KernelOnly.Call;

    /// <summary>
    /// Writes a record and the first bytes of a kernel's <c>sk_buff</c> to a perf buffer; how many is in bits 32 to 51 of the flags. Tracing; 5.5; GPL.
    /// </summary>
    [Helper(111)]
    public static long SkbOutput<TBuffer, TMap>(ref readonly TBuffer ctx, TMap map, ulong flags, void* data, ulong size)
        where TBuffer : unmanaged
        where TMap : unmanaged => throw KernelOnly.Call;

    /// <summary>
    /// Writes a record and the first bytes of a kernel's <c>xdp_buff</c> to a perf buffer; how many is in bits 32 to 51 of the flags. Tracing; 5.7;
    /// GPL.
    /// </summary>
    [Helper(121)]
    public static long XdpOutput<TBuffer, TMap>(ref readonly TBuffer ctx, TMap map, ulong flags, void* data, ulong size)
        where TBuffer : unmanaged
        where TMap : unmanaged => throw KernelOnly.Call;

    /// <summary>The index that stands for the CPU that the program runs on.</summary>
    public const ulong CurrentCpu = 0xffffffff;
}
