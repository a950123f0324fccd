// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;
using Ruche.Bpf.Kernel.Lowering;

namespace Ruche.Bpf.Kernel;

/// <summary>One open file of a task: <c>struct bpf_iter__task_file</c>.</summary>
/// <typeparam name="TTask">The kernel's <c>struct task_struct</c>.</typeparam>
/// <typeparam name="TFile">The kernel's <c>struct file</c>.</typeparam>
[StructLayout(LayoutKind.Sequential)]
public readonly unsafe struct TaskFileIteratorContext<TTask, TFile>
    where TTask : unmanaged
    where TFile : unmanaged
{
    private readonly ulong _meta;
    private readonly ulong _task;

    /// <summary>The file's descriptor in the task.</summary>
    public readonly uint Descriptor;

    private readonly ulong _file;

    /// <summary>The file that is read, and how far it has come.</summary>
    public ref IteratorMeta Meta => ref *Addresses.Object<IteratorMeta>(_meta);

    /// <summary>The task; a null reference after the last one.</summary>
    public ref TTask Task => ref *Addresses.Object<TTask>(_task);

    /// <summary>The file; a null reference after the last one.</summary>
    public ref TFile File => ref *Addresses.Object<TFile>(_file);
}
