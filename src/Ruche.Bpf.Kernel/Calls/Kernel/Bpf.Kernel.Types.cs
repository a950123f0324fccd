// SPDX-License-Identifier: MIT
using Ruche.Bpf.Kernel.Lowering;

namespace Ruche.Bpf.Kernel;

/// <content>Objects of the kernel seen as other types.</content>
public static unsafe partial class Bpf
{
    /// <summary>The kernel's own object behind a context: <c>struct sk_buff</c> behind <see cref="SkBuffContext"/>. Since 6.2.</summary>
    [Kfunc("bpf_cast_to_kern_ctx")]
    public static void* CastToKernCtx(void* context) => throw KernelOnly.Call;

    /// <summary>Memory seen as a type of the kernel; nothing tells whether it is. It is read as probing helpers do. Since 6.2.</summary>
    [Kfunc("bpf_rdonly_cast")]
    public static void* RdonlyCast(void* address, uint type) => throw KernelOnly.Call;

    /// <summary>Memory seen as a type of the kernel; nothing tells whether it is (6.2).</summary>
    public static ref readonly T RdonlyCast<T>(void* address)
        where T : unmanaged => ref *(T*)RdonlyCast(address, KernelTypeId<T>());

    /// <summary>The cache that an address of the kernel belongs to; a null reference when there is none. Since 6.13.</summary>
    [Kfunc("bpf_get_kmem_cache")]
    public static ref TCache GetKmemCache<TCache>(ulong address)
        where TCache : unmanaged => throw KernelOnly.Call;

    /// <summary>How many entries a map has, in map iterators. Since 6.6.</summary>
    [Kfunc("bpf_map_sum_elem_count")]
    public static long MapSumElemCount<TMap>(ref readonly TMap map)
        where TMap : unmanaged => throw KernelOnly.Call;
}
