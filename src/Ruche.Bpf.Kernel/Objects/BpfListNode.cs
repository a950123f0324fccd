// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;
using Ruche.Bpf.Kernel.Lowering;

namespace Ruche.Bpf.Kernel;

/// <summary>What links an object into a list (6.2).</summary>
[BtfName("bpf_list_node")]
[StructLayout(LayoutKind.Sequential)]
public struct BpfListNode
{
    private ulong _word0;
    private ulong _word1;
    private ulong _word2;
}
