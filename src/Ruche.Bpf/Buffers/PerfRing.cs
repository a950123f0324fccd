// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;
using Ruche.Bpf.Kernel;

namespace Ruche.Bpf.Buffers;

/// <summary>The perf event of one CPU and its memory: a page with the positions, then the data.</summary>
internal sealed unsafe class PerfRing : IDisposable
{
    private const int HeadOffset = 1024;
    private const int TailOffset = 1032;
    private const int HeaderSize = 8;
    private const uint LostRecord = 2;
    private const uint SampleRecord = 9;

    private readonly MemoryMapping _memory;
    private readonly ulong* _head;
    private readonly ulong* _tail;
    private readonly byte* _data;
    private readonly int _size;
    private byte[] _scratch = [];
    private long _lost;

    public PerfRing(int cpu, int pages, int wakeupEvents, int watermarkBytes)
    {
        Cpu = cpu;
        string operation = $"open the perf buffer of CPU {cpu}";
        PerfEventAttr attr = new()
        {
            Type = PerfEvent.TypeSoftware,
            Config = PerfEvent.SoftwareBpfOutput,
            SampleType = PerfEvent.SampleRaw,
            SamplePeriod = 1,
            WakeupEvents = (uint)(watermarkBytes > 0 ? watermarkBytes : wakeupEvents),
            Flags = watermarkBytes > 0 ? PerfEventFlags.Watermark : PerfEventFlags.None,
        };
        Fd = PerfEvent.Open(ref attr, -1, cpu, operation);
        try
        {
            _size = checked(pages * Libc.PageSize);
            _memory = MemoryMapping.Create(Fd, (nuint)(_size + Libc.PageSize), writable: true, 0, operation);
            PerfEvent.Control(Fd, PerfEvent.IoctlEnable, 0, operation);
        }
        catch
        {
            _memory?.Dispose();
            Fd.Dispose();
            throw;
        }

        // SAFETY: offsets of data_head and data_tail in struct perf_event_mmap_page, whose page comes before the data; all stays mapped
        // until Dispose.
        _head = (ulong*)(_memory.Address + HeadOffset);
        _tail = (ulong*)(_memory.Address + TailOffset);
        _data = _memory.Address + Libc.PageSize;
    }

    public int Cpu { get; }

    public BpfFd Fd { get; }

    public long Lost => Interlocked.Read(ref _lost);

    /// <summary>Hands over samples until there are no more, the limit is reached, or the reader is being disposed.</summary>
    public int Read<THandler>(ref THandler handler, int limit, BufferReader reader)
        where THandler : IRecordHandler, allows ref struct
    {
        int count = 0;
        ulong tail = *_tail; // nobody else writes it
        ulong head = Volatile.Read(ref *_head);
        while (tail < head && count < limit && !reader.IsClosing)
        {
            ReadOnlySpan<byte> record = RecordAt(tail);
            tail += (uint)record.Length;
            try
            {
                count += Handle(record, ref handler);
            }
            finally
            {
                // Gives the room back, after all reads of it, and even when the handler throws.
                Volatile.Write(ref *_tail, tail);
            }

            if (tail == head) head = Volatile.Read(ref *_head);
        }

        return count;
    }

    public void Dispose()
    {
        _memory.Dispose();
        Fd.Dispose();
    }

    private int Handle<THandler>(ReadOnlySpan<byte> record, ref THandler handler)
        where THandler : IRecordHandler, allows ref struct
    {
        ReadOnlySpan<byte> body = record[HeaderSize..];
        switch (MemoryMarshal.Read<uint>(record))
        {
            case SampleRecord:
                handler.Handle(Cpu, body.Slice(sizeof(uint), MemoryMarshal.Read<int>(body)));
                return 1;
            case LostRecord:
                // An id, then how many.
                Interlocked.Add(ref _lost, MemoryMarshal.Read<long>(body[sizeof(ulong)..]));
                return 0;
            default:
                return 0;
        }
    }

    // The kernel aligns records to eight bytes, so a header is never split; the rest may wrap around the end.
    private ReadOnlySpan<byte> RecordAt(ulong position)
    {
        int start = (int)(position & (ulong)(_size - 1));

        // SAFETY: the header lies between tail and head, which the kernel has filled; start + 8 is within the data.
        int length = *(ushort*)(_data + start + 6);
        if (length < HeaderSize) throw new InvalidDataException($"the perf buffer of CPU {Cpu} is corrupt: a record of {length} bytes");
        int first = Math.Min(length, _size - start);
        // SAFETY: 'first' bytes from 'start' are within the data.
        if (first == length) return new ReadOnlySpan<byte>(_data + start, length);

        if (_scratch.Length < length) _scratch = new byte[ushort.MaxValue];
        // SAFETY: as above, and the rest is at the beginning of the data; a record is not longer than the ring.
        new ReadOnlySpan<byte>(_data + start, first).CopyTo(_scratch);
        new ReadOnlySpan<byte>(_data, length - first).CopyTo(_scratch.AsSpan(first));
        return _scratch.AsSpan(0, length);
    }
}
