// SPDX-License-Identifier: MIT
using Ruche.Bpf.Kernel.Lowering;

namespace Ruche.Bpf.Kernel;

/// <content>Objects of the program's own types, made while it runs.</content>
public static unsafe partial class Bpf
{
    /// <summary>Memory for an object. Since 6.2.</summary>
    [Kfunc("bpf_obj_new_impl", Returns = AddressSpace.Value)]
    internal static void* ObjNewImpl(ulong type, void* meta) => throw KernelOnly.Call;

    /// <summary>Gives an object up. Since 6.2.</summary>
    [Kfunc("bpf_obj_drop_impl")]
    internal static void ObjDropImpl(void* @object, void* meta) => throw KernelOnly.Call;

    /// <summary>Memory for an object for each CPU. Since 6.7.</summary>
    [Kfunc("bpf_percpu_obj_new_impl", Returns = AddressSpace.Kernel)]
    internal static void* PercpuObjNewImpl(ulong type, void* meta) => throw KernelOnly.Call;

    /// <summary>Gives an object for each CPU up. Since 6.7.</summary>
    [Kfunc("bpf_percpu_obj_drop_impl")]
    internal static void PercpuObjDropImpl(void* @object, void* meta) => throw KernelOnly.Call;

    /// <summary>Holds an object once more. Since 6.4.</summary>
    [Kfunc("bpf_refcount_acquire_impl", Returns = AddressSpace.Value)]
    internal static void* RefcountAcquireImpl(void* @object, void* meta) => throw KernelOnly.Call;

    /// <summary>A new object, zero; a null reference when there is no memory. Must be dropped, or put into a list, a tree or a map (6.2).</summary>
    public static ref T ObjNew<T>()
        where T : unmanaged => ref *(T*)ObjNewImpl(LocalTypeId<T>(), null);

    /// <summary>Gives an object up (6.2).</summary>
    public static void ObjDrop<T>(ref T @object)
        where T : unmanaged
    {
        fixed (T* at = &@object) ObjDropImpl(at, null);
    }

    /// <summary>A new object for each CPU, zero; a null reference when there is no memory. See <see cref="PerCpuPtr{T}"/> (6.7).</summary>
    public static ref T PercpuObjNew<T>()
        where T : unmanaged => ref *(T*)PercpuObjNewImpl(LocalTypeId<T>(), null);

    /// <summary>Gives an object for each CPU up (6.7).</summary>
    public static void PercpuObjDrop<T>(ref T @object)
        where T : unmanaged
    {
        fixed (T* at = &@object) PercpuObjDropImpl(at, null);
    }

    /// <summary>Holds an object with a <see cref="BpfReferenceCount"/> once more (6.4).</summary>
    public static ref T RefcountAcquire<T>(ref T @object)
        where T : unmanaged
    {
        fixed (T* at = &@object) return ref *(T*)RefcountAcquireImpl(at, null);
    }
}
