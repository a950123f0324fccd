// SPDX-License-Identifier: MIT
using Ruche.Bpf.Kernel.Lowering;

namespace Ruche.Bpf.Kernel;

/// <summary>Performance counters, or a buffer for each CPU that carries records to user space (<c>BPF_MAP_TYPE_PERF_EVENT_ARRAY</c>).</summary>
[MapKind(4, KeySize = 4, ValueSize = 4)]
public readonly unsafe struct BpfPerfEventArray
{
    /// <summary>Writes a record to this CPU's buffer. Returns 0, or a negative error: ENOSPC when it is full.</summary>
    public long Output<TContext, TRecord>(ref readonly TContext context, in TRecord record)
        where TContext : unmanaged
        where TRecord : unmanaged
    {
        fixed (TRecord* from = &record) return Bpf.PerfEventOutput(in context, this, Bpf.CurrentCpu, from, (ulong)sizeof(TRecord));
    }

    /// <summary>Writes a record and the packet's first bytes to this CPU's buffer. Returns 0, or a negative error.</summary>
    public long OutputWithPacket<TContext, TRecord>(ref readonly TContext context, in TRecord record, ushort packetBytes)
        where TContext : unmanaged
        where TRecord : unmanaged
    {
        fixed (TRecord* from = &record)
            return Bpf.PerfEventOutput(in context, this, ((ulong)packetBytes << 32) | Bpf.CurrentCpu, from, (ulong)sizeof(TRecord));
    }

    /// <summary>Reads a counter, by default this CPU's. Returns 0, or a negative error.</summary>
    public long Read(out PerfEventValue value, ulong index = Bpf.CurrentCpu) => Bpf.PerfEventReadValue(this, index, out value, (uint)sizeof(PerfEventValue));
}
