// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Buffers;

/// <summary>
/// Room for one record in a user ring buffer, written in place. Programs see it, and those after it, once it is committed or
/// discarded; exactly one of the two must be called.
/// </summary>
public readonly ref struct UserRingRecord
{
    private readonly ref uint _header;

    internal UserRingRecord(ref uint header, Span<byte> data)
    {
        _header = ref header;
        Data = data;
    }

    /// <summary>The record's bytes; what was in the ring before is still there.</summary>
    public Span<byte> Data { get; }

    /// <summary>Hands the record to programs.</summary>
    public void Commit() => Release(0);

    /// <summary>Gives the room back; programs skip it.</summary>
    public void Discard() => Release(BpfUserRingBuffer.Discarded);

    // With release: the record's bytes are there for whoever sees the busy bit gone.
    private void Release(uint flag) => Volatile.Write(ref _header, (_header & ~BpfUserRingBuffer.Busy) | flag);
}
