// SPDX-License-Identifier: MIT
using Ruche.Bpf.Kernel.Lowering;

namespace Ruche.Bpf.Kernel;

/// <summary>The helpers behind the map types.</summary>
internal static unsafe class MapCalls
{
    [Helper(1, Returns = AddressSpace.Value)]
    public static void* Lookup<TMap>(TMap map, void* key)
        where TMap : unmanaged => throw KernelOnly.Call;

    [Helper(2)]
    public static long Update<TMap>(TMap map, void* key, void* value, UpdateMode mode)
        where TMap : unmanaged => throw KernelOnly.Call;

    [Helper(3)]
    public static long Delete<TMap>(TMap map, void* key)
        where TMap : unmanaged => throw KernelOnly.Call;
}
