// SPDX-License-Identifier: MIT
using Ruche.Bpf.Kernel.Lowering;

namespace Ruche.Bpf.Kernel;

/// <content>Loops whose turns the verifier need not follow one by one. Each must be destroyed.</content>
public static unsafe partial class Bpf
{
    /// <summary>Begins to count, up to but not including the end. Since 6.4.</summary>
    [Kfunc("bpf_iter_num_new")]
    public static int IterNumNew(out NumIterator iterator, int start, int end) => throw KernelOnly.Call;

    /// <summary>The next number; a null reference after the last. Since 6.4.</summary>
    [Kfunc("bpf_iter_num_next")]
    public static ref int IterNumNext(ref NumIterator iterator) => throw KernelOnly.Call;

    /// <summary>Ends counting. Since 6.4.</summary>
    [Kfunc("bpf_iter_num_destroy")]
    public static void IterNumDestroy(ref NumIterator iterator) => throw KernelOnly.Call;

    /// <summary>Begins to go through all processes (0), all threads (1), or the threads of a task (2). Since 6.7.</summary>
    [Kfunc("bpf_iter_task_new")]
    public static int IterTaskNew<TTask>(out TaskIterator iterator, ref readonly TTask task, uint flags)
        where TTask : unmanaged => throw KernelOnly.Call;

    /// <summary>The next task; a null reference after the last. Since 6.7.</summary>
    [Kfunc("bpf_iter_task_next")]
    public static ref TTask IterTaskNext<TTask>(ref TaskIterator iterator)
        where TTask : unmanaged => throw KernelOnly.Call;

    /// <summary>Ends it. Since 6.7.</summary>
    [Kfunc("bpf_iter_task_destroy")]
    public static void IterTaskDestroy(ref TaskIterator iterator) => throw KernelOnly.Call;

    /// <summary>Begins to go through the tasks of a control group. Since 6.7.</summary>
    [Kfunc("bpf_iter_css_task_new")]
    public static int IterCssTaskNew<TState>(out CssTaskIterator iterator, ref readonly TState css, uint flags)
        where TState : unmanaged => throw KernelOnly.Call;

    /// <summary>The next task; a null reference after the last. Since 6.7.</summary>
    [Kfunc("bpf_iter_css_task_next")]
    public static ref TTask IterCssTaskNext<TTask>(ref CssTaskIterator iterator)
        where TTask : unmanaged => throw KernelOnly.Call;

    /// <summary>Ends it. Since 6.7.</summary>
    [Kfunc("bpf_iter_css_task_destroy")]
    public static void IterCssTaskDestroy(ref CssTaskIterator iterator) => throw KernelOnly.Call;

    /// <summary>Begins to go through control groups: down before (1), down after (2), or up (3). Since 6.7.</summary>
    [Kfunc("bpf_iter_css_new")]
    public static int IterCssNew<TState>(out CssIterator iterator, ref readonly TState start, uint flags)
        where TState : unmanaged => throw KernelOnly.Call;

    /// <summary>The next one; a null reference after the last. Since 6.7.</summary>
    [Kfunc("bpf_iter_css_next")]
    public static ref TState IterCssNext<TState>(ref CssIterator iterator)
        where TState : unmanaged => throw KernelOnly.Call;

    /// <summary>Ends it. Since 6.7.</summary>
    [Kfunc("bpf_iter_css_destroy")]
    public static void IterCssDestroy(ref CssIterator iterator) => throw KernelOnly.Call;

    /// <summary>Begins to go through a task's memory from an address on. Since 6.7.</summary>
    [Kfunc("bpf_iter_task_vma_new")]
    public static int IterTaskVmaNew<TTask>(out TaskVmaIterator iterator, ref readonly TTask task, ulong address)
        where TTask : unmanaged => throw KernelOnly.Call;

    /// <summary>The next area; a null reference after the last. Since 6.7.</summary>
    [Kfunc("bpf_iter_task_vma_next")]
    public static ref TArea IterTaskVmaNext<TArea>(ref TaskVmaIterator iterator)
        where TArea : unmanaged => throw KernelOnly.Call;

    /// <summary>Ends it. Since 6.7.</summary>
    [Kfunc("bpf_iter_task_vma_destroy")]
    public static void IterTaskVmaDestroy(ref TaskVmaIterator iterator) => throw KernelOnly.Call;

    /// <summary>Begins to go through the bits that are set. Since 6.11.</summary>
    [Kfunc("bpf_iter_bits_new")]
    public static int IterBitsNew(out BitsIterator iterator, ulong* words, uint count) => throw KernelOnly.Call;

    /// <summary>The next number of a bit; a null reference after the last. Since 6.11.</summary>
    [Kfunc("bpf_iter_bits_next")]
    public static ref int IterBitsNext(ref BitsIterator iterator) => throw KernelOnly.Call;

    /// <summary>Ends it. Since 6.11.</summary>
    [Kfunc("bpf_iter_bits_destroy")]
    public static void IterBitsDestroy(ref BitsIterator iterator) => throw KernelOnly.Call;

    /// <summary>Begins to go through the kernel's caches. Since 6.13; may sleep.</summary>
    [Kfunc("bpf_iter_kmem_cache_new")]
    public static int IterKmemCacheNew(out KmemCacheIterator iterator) => throw KernelOnly.Call;

    /// <summary>The next cache; a null reference after the last. Since 6.13; may sleep.</summary>
    [Kfunc("bpf_iter_kmem_cache_next")]
    public static ref TCache IterKmemCacheNext<TCache>(ref KmemCacheIterator iterator)
        where TCache : unmanaged => throw KernelOnly.Call;

    /// <summary>Ends it. Since 6.13; may sleep.</summary>
    [Kfunc("bpf_iter_kmem_cache_destroy")]
    public static void IterKmemCacheDestroy(ref KmemCacheIterator iterator) => throw KernelOnly.Call;

    /// <summary>Begins to go through the buffers that drivers share. Since 6.16; may sleep.</summary>
    [Kfunc("bpf_iter_dmabuf_new")]
    public static int IterDmabufNew(out DmabufIterator iterator) => throw KernelOnly.Call;

    /// <summary>The next buffer; a null reference after the last. Since 6.16; may sleep.</summary>
    [Kfunc("bpf_iter_dmabuf_next")]
    public static ref TBuffer IterDmabufNext<TBuffer>(ref DmabufIterator iterator)
        where TBuffer : unmanaged => throw KernelOnly.Call;

    /// <summary>Ends it. Since 6.16; may sleep.</summary>
    [Kfunc("bpf_iter_dmabuf_destroy")]
    public static void IterDmabufDestroy(ref DmabufIterator iterator) => throw KernelOnly.Call;

    /// <summary>Whether a loop that began with <see cref="IterNumNew"/> goes on, and with which number (6.4).</summary>
    public static bool TryIterNumNext(ref NumIterator iterator, out int number)
    {
        ref int next = ref IterNumNext(ref iterator);
        if (IsNull(ref next))
        {
            number = 0;
            return false;
        }

        number = next;
        return true;
    }
}
