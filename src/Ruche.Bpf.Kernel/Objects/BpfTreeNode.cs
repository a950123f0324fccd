// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;
using Ruche.Bpf.Kernel.Lowering;

namespace Ruche.Bpf.Kernel;

/// <summary>What links an object into a tree (6.3).</summary>
[BtfName("bpf_rb_node")]
[StructLayout(LayoutKind.Sequential)]
public struct BpfTreeNode
{
    private ulong _word0;
    private ulong _word1;
    private ulong _word2;
    private ulong _word3;
}
