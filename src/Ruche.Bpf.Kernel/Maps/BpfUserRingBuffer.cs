// SPDX-License-Identifier: MIT
using Ruche.Bpf.Kernel.Lowering;

namespace Ruche.Bpf.Kernel;

/// <summary>A ring buffer (<c>BPF_MAP_TYPE_USER_RINGBUF</c>, 6.1) that carries records from user space to programs.</summary>
[MapKind(31, HasNoValues = true)]
public readonly unsafe struct BpfUserRingBuffer
{
    /// <summary>Calls a method for each record that has come, until it returns 1. Returns for how many, or a negative error.</summary>
    public long Drain<TData>(delegate*<Dynptr*, TData*, long> callback, ref TData data)
        where TData : unmanaged => Bpf.UserRingbufDrain(this, callback, ref data, 0);
}
