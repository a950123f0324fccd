// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;
using Ruche.Bpf.Kernel.Lowering;

namespace Ruche.Bpf.Kernel;

/// <summary>A sorted tree of objects of the program (6.3), whose type <see cref="ContainsAttribute"/> says. A lock beside it must be held.</summary>
[BtfName("bpf_rb_root")]
[StructLayout(LayoutKind.Sequential)]
public struct BpfTreeRoot
{
    private ulong _word0;
    private ulong _word1;
}
