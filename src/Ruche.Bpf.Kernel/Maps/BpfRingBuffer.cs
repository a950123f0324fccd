// SPDX-License-Identifier: MIT
using Ruche.Bpf.Kernel.Lowering;

namespace Ruche.Bpf.Kernel;

/// <summary>A ring buffer (<c>BPF_MAP_TYPE_RINGBUF</c>) that carries records of one type to user space, in order, from all CPUs.</summary>
/// <typeparam name="TRecord">What is sent.</typeparam>
[MapKind(27, HasNoValues = true)]
public readonly unsafe struct BpfRingBuffer<TRecord>
    where TRecord : unmanaged
{
    /// <summary>Room for a record; see <see cref="Reservation{T}.IsNull"/> whether there was any. Each must be submitted or discarded.</summary>
    public Reservation<TRecord> Reserve() => new((TRecord*)RingBufferCalls.Reserve(this, (ulong)sizeof(TRecord), 0));

    /// <summary>Copies a record into the ring. Returns 0, or EAGAIN, negative, when it is full.</summary>
    public long Output(in TRecord record)
    {
        fixed (TRecord* from = &record) return RingBufferCalls.Output(this, from, (ulong)sizeof(TRecord), 0);
    }
}
