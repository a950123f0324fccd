// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;
using Ruche.Bpf.Kernel.Lowering;

namespace Ruche.Bpf.Kernel;

/// <summary>Goes through tasks: <c>struct bpf_iter_task</c>. Lives on the stack and stays where it is.</summary>
[BtfName("bpf_iter_task")]
[StructLayout(LayoutKind.Sequential)]
public struct TaskIterator
{
    private ulong _word0;
    private ulong _word1;
    private ulong _word2;
}
