// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;
using Ruche.Bpf.Kernel.Lowering;

namespace Ruche.Bpf.Kernel;

/// <summary>Counts who holds an object of the program, so that it can be in several lists and trees (6.4).</summary>
[BtfName("bpf_refcount")]
[StructLayout(LayoutKind.Sequential)]
public struct BpfReferenceCount
{
    private uint _word0;
}
