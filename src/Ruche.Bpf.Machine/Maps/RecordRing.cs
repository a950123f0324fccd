// SPDX-License-Identifier: MIT
using System.Diagnostics.CodeAnalysis;

namespace Ruche.Bpf.Machine.Maps;

/// <summary>
/// Records one after the other in a ring, each behind a header of eight bytes, with the kernel's sizes and limits. A record that would run
/// over the end of the ring goes on behind it, in memory that is nobody else's. Not safe for several threads.
/// </summary>
internal sealed unsafe class RecordRing(uint size)
{
    private const uint Busy = 1u << 31;
    private const uint Discarded = 1u << 30;
    private const uint LengthMask = ~(Busy | Discarded);
    private const uint LargestRecord = uint.MaxValue / 4;
    private const int HeaderSize = sizeof(ulong);

    private readonly NativeBlock _memory = new(2L * size);
    private readonly List<nint> _reserved = [];

    /// <summary>How many bytes have been reserved since the beginning.</summary>
    public ulong Produced { get; private set; }

    /// <summary>How many bytes have been read since the beginning.</summary>
    public ulong Consumed { get; private set; }

    /// <summary>The address of room for a record; 0 when there is no room.</summary>
    public nint Reserve(ulong length)
    {
        if (length > LargestRecord) return 0;
        ulong total = Total((uint)length);
        if (Produced + total - Consumed > size - 1) return 0;
        uint* header = HeaderAt(Produced);
        *header = (uint)length | Busy;
        Produced += total;
        _reserved.Add((nint)header + HeaderSize);
        return (nint)header + HeaderSize;
    }

    /// <summary>Hands a reserved record over, or lets readers skip it; false when the address is that of none.</summary>
    public bool Commit(nint data, bool discards)
    {
        if (!_reserved.Remove(data)) return false;
        uint* header = (uint*)(data - HeaderSize);
        *header = (*header & LengthMask) | (discards ? Discarded : 0);
        return true;
    }

    /// <summary>The oldest record that has not been read; false when there is none, or it is still being written.</summary>
    public bool TryPeek(out nint data, out int length)
    {
        (data, length) = (0, 0);
        while (Consumed < Produced)
        {
            uint* header = HeaderAt(Consumed);
            if ((*header & Busy) != 0) return false;
            (data, length) = ((nint)header + HeaderSize, (int)(*header & LengthMask));
            if ((*header & Discarded) == 0) return true;
            Consumed += Total((uint)length);
        }

        return false;
    }

    /// <summary>Gives back the room of the record that <see cref="TryPeek"/> has found.</summary>
    public void Release(int length) => Consumed += Total((uint)length);

    /// <summary>A copy of the oldest record, which is thereby read.</summary>
    public bool TryRead([NotNullWhen(true)] out byte[]? record)
    {
        record = null;
        if (!TryPeek(out nint data, out int length)) return false;
        record = new ReadOnlySpan<byte>((void*)data, length).ToArray();
        Release(length);
        return true;
    }

    /// <summary>The reserved record in which an address lies.</summary>
    public bool TryFindReserved(ulong address, out nint data, out int length)
    {
        foreach (nint reserved in _reserved)
        {
            (data, length) = (reserved, (int)(*(uint*)(reserved - HeaderSize) & LengthMask));
            if (address - (ulong)data < (ulong)length) return true;
        }

        (data, length) = (0, 0);
        return false;
    }

    // SAFETY: a record starts within the ring and is no longer than it; the memory is twice as long.
    private uint* HeaderAt(ulong position) => (uint*)(_memory.Start + (nint)(position & (size - 1)));

    private static ulong Total(uint length) => ((ulong)length + HeaderSize + 7) & ~7ul;
}
