// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;
using Ruche.Bpf.Kernel.Lowering;

namespace Ruche.Bpf.Kernel;

/// <summary>Counts: <c>struct bpf_iter_num</c>. Lives on the stack and stays where it is.</summary>
[BtfName("bpf_iter_num")]
[StructLayout(LayoutKind.Sequential)]
public struct NumIterator
{
    private ulong _word0;
}
