// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;
using Ruche.Bpf.Kernel.Lowering;

namespace Ruche.Bpf.Kernel;

/// <summary>Goes through bits: <c>struct bpf_iter_bits</c>. Lives on the stack and stays where it is.</summary>
[BtfName("bpf_iter_bits")]
[StructLayout(LayoutKind.Sequential)]
public struct BitsIterator
{
    private ulong _word0;
    private ulong _word1;
}
