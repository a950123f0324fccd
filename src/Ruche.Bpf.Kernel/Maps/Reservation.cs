// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Kernel;

/// <summary>Room in a ring buffer, to be filled in place and then submitted or discarded.</summary>
/// <typeparam name="TRecord">What it has room for.</typeparam>
public readonly unsafe ref struct Reservation<TRecord>
    where TRecord : unmanaged
{
    private readonly TRecord* _record;

    internal Reservation(TRecord* record) => _record = record;

    /// <summary>Whether the ring was full, and there is nothing to fill, submit or discard.</summary>
    public bool IsNull => _record == null;

    /// <summary>The record. What is in it at first is what was there before.</summary>
    public ref TRecord Record => ref *_record;

    /// <summary>Hands the record to user space.</summary>
    public void Submit() => RingBufferCalls.Submit(_record, 0);

    /// <summary>Gives the room back.</summary>
    public void Discard() => RingBufferCalls.Discard(_record, 0);
}
