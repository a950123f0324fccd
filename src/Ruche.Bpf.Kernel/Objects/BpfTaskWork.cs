// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;
using Ruche.Bpf.Kernel.Lowering;

namespace Ruche.Bpf.Kernel;

/// <summary>Work in a map's value that a task does when it returns to user space (6.18).</summary>
[BtfName("bpf_task_work")]
[StructLayout(LayoutKind.Sequential)]
public struct BpfTaskWork
{
    private ulong _word0;
}
