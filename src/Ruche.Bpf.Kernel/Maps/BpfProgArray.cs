// SPDX-License-Identifier: MIT
using Ruche.Bpf.Kernel.Lowering;

namespace Ruche.Bpf.Kernel;

/// <summary>An array of programs (<c>BPF_MAP_TYPE_PROG_ARRAY</c>), which user space fills.</summary>
[MapKind(3, KeySize = 4, ValueSize = 4)]
public readonly unsafe struct BpfProgArray
{
    /// <summary>Goes on in a program and does not come back; returns, with an error, only when there is none.</summary>
    public long TailCall<TContext>(ref readonly TContext context, uint index)
        where TContext : unmanaged => Bpf.TailCall(in context, this, index);
}
