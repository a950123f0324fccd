// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;
using Ruche.Bpf.Kernel.Lowering;

namespace Ruche.Bpf.Kernel;

/// <summary>Goes through shared buffers: <c>struct bpf_iter_dmabuf</c>. Lives on the stack and stays where it is.</summary>
[BtfName("bpf_iter_dmabuf")]
[StructLayout(LayoutKind.Sequential)]
public struct DmabufIterator
{
    private ulong _word0;
}
