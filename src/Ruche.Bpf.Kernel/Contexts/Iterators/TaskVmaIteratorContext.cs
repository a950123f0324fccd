// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;
using Ruche.Bpf.Kernel.Lowering;

namespace Ruche.Bpf.Kernel;

/// <summary>One area of a task's memory: <c>struct bpf_iter__task_vma</c>.</summary>
/// <typeparam name="TTask">The kernel's <c>struct task_struct</c>.</typeparam>
/// <typeparam name="TArea">The kernel's <c>struct vm_area_struct</c>.</typeparam>
[StructLayout(LayoutKind.Sequential)]
public readonly unsafe struct TaskVmaIteratorContext<TTask, TArea>
    where TTask : unmanaged
    where TArea : unmanaged
{
    private readonly ulong _meta;
    private readonly ulong _task;
    private readonly ulong _area;

    /// <summary>The file that is read, and how far it has come.</summary>
    public ref IteratorMeta Meta => ref *Addresses.Object<IteratorMeta>(_meta);

    /// <summary>The task; a null reference after the last one.</summary>
    public ref TTask Task => ref *Addresses.Object<TTask>(_task);

    /// <summary>The area; a null reference after the last one.</summary>
    public ref TArea Area => ref *Addresses.Object<TArea>(_area);
}
