// SPDX-License-Identifier: MIT
using Ruche.Bpf.Kernel.Lowering;

namespace Ruche.Bpf.Kernel;

/// <content>Memory whose size is not known in advance.</content>
public static unsafe partial class Bpf
{
    /// <summary>A packet of the network stack as a dynptr. Since 6.4.</summary>
    [Kfunc("bpf_dynptr_from_skb")]
    public static int DynptrFromSkb(ref readonly SkBuffContext packet, ulong flags, out Dynptr pointer) => throw KernelOnly.Call;

    /// <summary>What an XDP program has left in front of a packet, as a dynptr. Since 6.18.</summary>
    [Kfunc("bpf_dynptr_from_skb_meta")]
    public static int DynptrFromSkbMeta(ref readonly SkBuffContext packet, ulong flags, out Dynptr pointer) => throw KernelOnly.Call;

    /// <summary>A packet before the network stack as a dynptr, all its pieces. Since 6.4.</summary>
    [Kfunc("bpf_dynptr_from_xdp")]
    public static int DynptrFromXdp(ref readonly XdpContext packet, ulong flags, out Dynptr pointer) => throw KernelOnly.Call;

    /// <summary>Some bytes to be read, in place, or in the buffer if they do not lie together; null beyond the end. Since 6.4.</summary>
    [Kfunc("bpf_dynptr_slice", Returns = AddressSpace.Value)]
    public static void* DynptrSlice(ref Dynptr pointer, uint offset, void* buffer, uint size) => throw KernelOnly.Call;

    /// <summary>Some bytes to be written, in place, or in the buffer, which is to be written back then; null beyond the end. Since 6.4.</summary>
    [Kfunc("bpf_dynptr_slice_rdwr", Returns = AddressSpace.Value)]
    public static void* DynptrSliceRdwr(ref Dynptr pointer, uint offset, void* buffer, uint size) => throw KernelOnly.Call;

    /// <summary>A value, in place, or in the buffer if its bytes do not lie together; a null reference beyond the end (6.4).</summary>
    public static ref readonly T DynptrSlice<T>(ref Dynptr pointer, uint offset, ref T buffer)
        where T : unmanaged
    {
        fixed (T* room = &buffer) return ref *(T*)DynptrSlice(ref pointer, offset, room, (uint)sizeof(T));
    }

    /// <summary>Narrows a dynptr to a part of its memory. Since 6.5.</summary>
    [Kfunc("bpf_dynptr_adjust")]
    public static int DynptrAdjust(ref Dynptr pointer, uint start, uint end) => throw KernelOnly.Call;

    /// <summary>Whether there is no memory. Since 6.5.</summary>
    [Kfunc("bpf_dynptr_is_null")]
    public static bool DynptrIsNull(ref Dynptr pointer) => throw KernelOnly.Call;

    /// <summary>Whether the memory can only be read. Since 6.5.</summary>
    [Kfunc("bpf_dynptr_is_rdonly")]
    public static bool DynptrIsRdonly(ref Dynptr pointer) => throw KernelOnly.Call;

    /// <summary>How many bytes there are. Since 6.5.</summary>
    [Kfunc("bpf_dynptr_size")]
    public static uint DynptrSize(ref Dynptr pointer) => throw KernelOnly.Call;

    /// <summary>Another dynptr of the same memory. Since 6.5.</summary>
    [Kfunc("bpf_dynptr_clone")]
    public static int DynptrClone(ref Dynptr pointer, out Dynptr clone) => throw KernelOnly.Call;

    /// <summary>Copies from one to another. Since 6.16.</summary>
    [Kfunc("bpf_dynptr_copy")]
    public static int DynptrCopy(ref Dynptr destination, uint destinationOffset, ref Dynptr source, uint sourceOffset, uint size) => throw KernelOnly.Call;

    /// <summary>Fills bytes with one value. Since 6.17.</summary>
    [Kfunc("bpf_dynptr_memset")]
    public static int DynptrMemset(ref Dynptr pointer, uint offset, uint size, byte value) => throw KernelOnly.Call;

    /// <summary>Copies memory of the process. Since 6.16.</summary>
    [Kfunc("bpf_probe_read_user_dynptr")]
    public static int ProbeReadUserDynptr(ref Dynptr pointer, uint offset, uint size, void* address) => throw KernelOnly.Call;

    /// <summary>Copies memory of the kernel. Since 6.16.</summary>
    [Kfunc("bpf_probe_read_kernel_dynptr")]
    public static int ProbeReadKernelDynptr(ref Dynptr pointer, uint offset, uint size, void* address) => throw KernelOnly.Call;

    /// <summary>Copies text of the process. Since 6.16.</summary>
    [Kfunc("bpf_probe_read_user_str_dynptr")]
    public static int ProbeReadUserStrDynptr(ref Dynptr pointer, uint offset, uint size, void* address) => throw KernelOnly.Call;

    /// <summary>Copies text of the kernel. Since 6.16.</summary>
    [Kfunc("bpf_probe_read_kernel_str_dynptr")]
    public static int ProbeReadKernelStrDynptr(ref Dynptr pointer, uint offset, uint size, void* address) => throw KernelOnly.Call;

    /// <summary>Copies memory of the process, and waits for pages. Since 6.16; may sleep.</summary>
    [Kfunc("bpf_copy_from_user_dynptr")]
    public static int CopyFromUserDynptr(ref Dynptr pointer, uint offset, uint size, void* address) => throw KernelOnly.Call;

    /// <summary>Copies text of the process, and waits for pages. Since 6.16; may sleep.</summary>
    [Kfunc("bpf_copy_from_user_str_dynptr")]
    public static int CopyFromUserStrDynptr(ref Dynptr pointer, uint offset, uint size, void* address) => throw KernelOnly.Call;

    /// <summary>Copies memory of another task. Since 6.16; may sleep.</summary>
    [Kfunc("bpf_copy_from_user_task_dynptr")]
    public static int CopyFromUserTaskDynptr<TTask>(ref Dynptr pointer, uint offset, uint size, void* address, ref readonly TTask task)
        where TTask : unmanaged => throw KernelOnly.Call;

    /// <summary>Copies text of another task. Since 6.16; may sleep.</summary>
    [Kfunc("bpf_copy_from_user_task_str_dynptr")]
    public static int CopyFromUserTaskStrDynptr<TTask>(ref Dynptr pointer, uint offset, uint size, void* address, ref readonly TTask task)
        where TTask : unmanaged => throw KernelOnly.Call;
}
