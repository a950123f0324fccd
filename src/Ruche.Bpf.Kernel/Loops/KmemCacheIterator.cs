// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;
using Ruche.Bpf.Kernel.Lowering;

namespace Ruche.Bpf.Kernel;

/// <summary>Goes through the kernel's caches: <c>struct bpf_iter_kmem_cache</c>. Lives on the stack and stays where it is.</summary>
[BtfName("bpf_iter_kmem_cache")]
[StructLayout(LayoutKind.Sequential)]
public struct KmemCacheIterator
{
    private ulong _word0;
}
