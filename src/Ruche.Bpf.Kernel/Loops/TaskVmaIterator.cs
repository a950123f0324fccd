// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;
using Ruche.Bpf.Kernel.Lowering;

namespace Ruche.Bpf.Kernel;

/// <summary>Goes through a task's memory: <c>struct bpf_iter_task_vma</c>. Lives on the stack and stays where it is.</summary>
[BtfName("bpf_iter_task_vma")]
[StructLayout(LayoutKind.Sequential)]
public struct TaskVmaIterator
{
    private ulong _word0;
}
