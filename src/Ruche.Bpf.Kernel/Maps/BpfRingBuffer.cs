// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;
using Ruche.Bpf.Kernel.Lowering;

namespace Ruche.Bpf.Kernel;

/// <summary>A ring buffer (<c>BPF_MAP_TYPE_RINGBUF</c>) that carries records of one type to user space, in order, from all CPUs.</summary>
/// <typeparam name="TRecord">What is sent.</typeparam>
[MapKind(27, HasNoValues = true)]
public readonly unsafe struct BpfRingBuffer<TRecord>
    where TRecord : unmanaged
{
    /// <summary>
    /// Room for a record; see <see cref="Reservation{T}.IsNull"/> whether there was any. Each must be submitted or discarded, which <c>using</c> takes
    /// care of.
    /// </summary>
    public Reservation<TRecord> Reserve() => new((TRecord*)Bpf.RingbufReserve(this, (ulong)sizeof(TRecord), 0));

    /// <summary>Copies a record into the ring. Returns 0, or EAGAIN, negative, when it is full.</summary>
    public long Output(in TRecord record, RingBufferFlags flags = RingBufferFlags.Default)
    {
        fixed (TRecord* from = &record) return Bpf.RingbufOutput(this, from, (ulong)sizeof(TRecord), (ulong)flags);
    }

    /// <summary>Copies bytes into the ring, as a record of their own. Returns 0, or EAGAIN, negative, when it is full.</summary>
    public long Output(ReadOnlySpan<byte> bytes, RingBufferFlags flags = RingBufferFlags.Default)
    {
        fixed (byte* from = &MemoryMarshal.GetReference(bytes)) return Bpf.RingbufOutput(this, from, (ulong)bytes.Length, (ulong)flags);
    }

    /// <summary>How many bytes the reader has not seen yet.</summary>
    public ulong Unread => Bpf.RingbufQuery(this, 0);
}
