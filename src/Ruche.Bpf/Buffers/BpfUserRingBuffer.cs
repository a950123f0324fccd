// SPDX-License-Identifier: MIT
using Ruche.Bpf.Kernel;
using Ruche.Bpf.Maps;
using Ruche.Bpf.Objects.Uapi;

namespace Ruche.Bpf.Buffers;

/// <summary>
/// Writes records for programs into a user ring buffer (Linux 6.1), without a system call; programs take them with
/// <c>bpf_user_ringbuf_drain</c>. Safe for several threads, but there must be only one writer object for a map. The map may be
/// disposed before this.
/// </summary>
public sealed unsafe class BpfUserRingBuffer : IDisposable
{
    internal const uint Busy = 1u << 31;
    internal const uint Discarded = 1u << 30;
    private const int HeaderSize = 8;

    private readonly Lock _gate = new();
    private readonly BpfFd _map;
    private readonly string _name;
    private readonly MemoryMapping _consumerPage;
    private readonly MemoryMapping _producerPages;
    private readonly ulong _mask;

    /// <summary>Maps a user ring buffer into memory.</summary>
    /// <exception cref="ArgumentException">The map is no user ring buffer.</exception>
    public BpfUserRingBuffer(BpfMap map)
    {
        TypedView.Expect(map, MapType.UserRingBuf);
        string operation = $"map user ring buffer '{map.Name}' into memory";
        int page = Libc.PageSize;
        _name = map.Name;
        _mask = map.MaxEntries - 1;
        _consumerPage = MemoryMapping.Create(map.Fd, (nuint)page, writable: false, 0, operation);
        try
        {
            _producerPages = MemoryMapping.Create(map.Fd, (nuint)page + (2 * (nuint)map.MaxEntries), writable: true, page, operation);
        }
        catch
        {
            _consumerPage.Dispose();
            throw;
        }

        _map = map.Fd.Duplicate();
    }

    /// <summary>How far the ring has been written and read.</summary>
    public RingBufferPosition Position
    {
        get
        {
            ObjectDisposedException.ThrowIf(_producerPages.IsClosed, this);
            return new(Volatile.Read(ref Consumer), Volatile.Read(ref Producer), (long)_mask + 1);
        }
    }

    // SAFETY: each position is at the start of its page, which stays mapped until Dispose.
    private ref ulong Consumer => ref *(ulong*)_consumerPage.Address;

    private ref ulong Producer => ref *(ulong*)_producerPages.Address;

    /// <summary>Reserves room for a record; false when there is none until a program has taken what is there.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The record is larger than the whole ring.</exception>
    public bool TryReserve(int length, out UserRingRecord record)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(length);
        ulong total = ((ulong)length + HeaderSize + 7) & ~7ul;
        ArgumentOutOfRangeException.ThrowIfGreaterThan(total, _mask + 1, nameof(length));
        record = default;
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_producerPages.IsClosed, this);
            ulong produced = Producer;
            if (_mask + 1 - (produced - Volatile.Read(ref Consumer)) < total) return false;

            // SAFETY: the record starts within the ring, which is mapped twice in a row after the producer's page, and is no longer
            // than it; the kernel has read all that was here before, as the consumer's position tells.
            byte* header = _producerPages.Address + Libc.PageSize + (produced & _mask);
            *(ulong*)header = (uint)length | Busy;
            record = new(ref *(uint*)header, new Span<byte>(header + HeaderSize, length));
            Volatile.Write(ref Producer, produced + total);
            return true;
        }
    }

    /// <summary>Writes a record; false when there is no room.</summary>
    public bool TryWrite(ReadOnlySpan<byte> data)
    {
        if (!TryReserve(data.Length, out var record)) return false;
        data.CopyTo(record.Data);
        record.Commit();
        return true;
    }

    /// <summary>Writes a structure as a record; false when there is no room.</summary>
    public bool TryWrite<T>(in T record)
        where T : unmanaged => TryWrite(TypedView.BytesOf(in record));

    /// <summary>Waits until a program has taken records and there is room again; false when the time is up first.</summary>
    public bool WaitForRoom(TimeSpan timeout)
    {
        ObjectDisposedException.ThrowIf(_producerPages.IsClosed, this);
        PollFd wanted = new() { Fd = _map.Value, Events = Libc.POLLOUT };
        // SAFETY: the structure lives on this frame, and the descriptor is held by this object, during the call.
        int count = Libc.Poll(&wanted, 1, timeout == Timeout.InfiniteTimeSpan ? -1 : (int)timeout.TotalMilliseconds);
        GC.KeepAlive(this);
        return count switch
        {
            > 0 => true,
            0 => false,
            _ when Failure.LastErrno is Errno.EINTR => false,
            _ => throw Failure.Last($"wait for room in user ring buffer '{_name}'"),
        };
    }

    /// <summary>Unmaps the ring; what was committed stays for programs to take.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _producerPages.Dispose();
            _consumerPage.Dispose();
            _map.Dispose();
        }
    }
}
