// SPDX-License-Identifier: MIT
using Ruche.Bpf.Kernel.Lowering;

namespace Ruche.Bpf.Kernel;

/// <summary>The helpers behind ring buffers.</summary>
internal static unsafe class RingBufferCalls
{
    [Helper(130)]
    public static long Output<TMap>(TMap ring, void* record, ulong size, ulong flags)
        where TMap : unmanaged => throw KernelOnly.Call;

    [Helper(131, Returns = AddressSpace.Value)]
    public static void* Reserve<TMap>(TMap ring, ulong size, ulong flags)
        where TMap : unmanaged => throw KernelOnly.Call;

    [Helper(132)]
    public static void Submit(void* record, ulong flags) => throw KernelOnly.Call;

    [Helper(133)]
    public static void Discard(void* record, ulong flags) => throw KernelOnly.Call;
}
