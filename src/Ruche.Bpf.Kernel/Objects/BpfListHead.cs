// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;
using Ruche.Bpf.Kernel.Lowering;

namespace Ruche.Bpf.Kernel;

/// <summary>A list of objects of the program (6.2), whose type <see cref="ContainsAttribute"/> says. A lock beside it must be held.</summary>
[BtfName("bpf_list_head")]
[StructLayout(LayoutKind.Sequential)]
public struct BpfListHead
{
    private ulong _word0;
    private ulong _word1;
}
