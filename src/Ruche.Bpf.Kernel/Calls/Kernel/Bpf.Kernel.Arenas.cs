// SPDX-License-Identifier: MIT
using Ruche.Bpf.Kernel.Lowering;

namespace Ruche.Bpf.Kernel;

/// <content>Pages of arenas.</content>
public static unsafe partial class Bpf
{
    /// <summary>Makes pages part of an arena; null when there are none left. Since 6.9; may sleep.</summary>
    [Kfunc("bpf_arena_alloc_pages", Returns = AddressSpace.Arena)]
    public static void* ArenaAllocPages<TMap>(TMap map, void* address, uint pages, int node, ulong flags)
        where TMap : unmanaged => throw KernelOnly.Call;

    /// <summary>Gives pages of an arena back. Since 6.9; may sleep.</summary>
    [Kfunc("bpf_arena_free_pages")]
    public static void ArenaFreePages<TMap>(TMap map, void* address, uint pages)
        where TMap : unmanaged => throw KernelOnly.Call;

    /// <summary>Keeps pages of an arena from being handed out. Since 6.17; may sleep.</summary>
    [Kfunc("bpf_arena_reserve_pages")]
    public static int ArenaReservePages<TMap>(TMap map, void* address, uint pages)
        where TMap : unmanaged => throw KernelOnly.Call;
}
