// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Kernel;

/// <summary>
/// Room in a ring buffer, to be filled in place and then submitted or discarded. In a <c>using</c> declaration it is discarded when nothing else was done
/// with it.
/// </summary>
/// <typeparam name="TRecord">What it has room for.</typeparam>
public unsafe ref struct Reservation<TRecord>
    where TRecord : unmanaged
{
    private TRecord* _record;

    internal Reservation(TRecord* record) => _record = record;

    /// <summary>Whether there is nothing to fill, submit or discard: the ring was full, or it was done already.</summary>
    public readonly bool IsNull => _record == null;

    /// <summary>The record. What is in it at first is what was there before.</summary>
    public readonly ref TRecord Record => ref *_record;

    /// <summary>Hands the record to user space.</summary>
    public void Submit(RingBufferFlags flags = RingBufferFlags.Default)
    {
        Bpf.RingbufSubmit(_record, (ulong)flags);
        _record = null;
    }

    /// <summary>Gives the room back.</summary>
    public void Discard()
    {
        Bpf.RingbufDiscard(_record, 0);
        _record = null;
    }

    /// <summary>Gives the room back, unless that or something better was done already.</summary>
    public void Dispose()
    {
        if (_record != null) Discard();
    }
}
