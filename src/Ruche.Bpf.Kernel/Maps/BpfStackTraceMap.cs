// SPDX-License-Identifier: MIT
using Ruche.Bpf.Kernel.Lowering;

namespace Ruche.Bpf.Kernel;

/// <summary>Keeps stacks of up to 127 frames, each once, and numbers them (<c>BPF_MAP_TYPE_STACK_TRACE</c>).</summary>
[MapKind(7, KeySize = 4, ValueSize = 1016)]
public readonly unsafe struct BpfStackTraceMap
{
    /// <summary>Keeps the stack and returns its id, or a negative error: EEXIST when another stack has its place.</summary>
    public long GetStackId<TContext>(ref readonly TContext context, StackFlags flags = StackFlags.Kernel)
        where TContext : unmanaged => Bpf.GetStackid(in context, this, (ulong)flags);
}
