// SPDX-License-Identifier: MIT
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Ruche.Bpf.Machine.Memory;
using Ruche.Bpf.Objects.Specs;

namespace Ruche.Bpf.Machine.Maps;

/// <summary>A ring buffer: records of programs, to be read in the order of their reservation. A full one takes no more until they are.</summary>
public sealed unsafe class MachineRingBuffer : MachineMap
{
    private const ulong NoWakeUp = 1;
    private const ulong ForceWakeUp = 2;

    private readonly Lock _gate = new();
    private readonly RecordRing _ring;

    internal MachineRingBuffer(MapSpec spec, int cpuCount)
        : base(spec, cpuCount) => _ring = new(spec.MaxEntries);

    /// <summary>Takes the oldest record. Returns false when there is none, or it is not submitted yet.</summary>
    public bool TryRead([NotNullWhen(true)] out byte[]? record)
    {
        lock (_gate) return _ring.TryRead(out record);
    }

    /// <summary>Takes the oldest record as a structure. Returns false when there is none, or it is not submitted yet.</summary>
    /// <exception cref="ArgumentException">The record is shorter than the structure; it is taken nevertheless.</exception>
    public bool TryRead<T>(out T record)
        where T : unmanaged
    {
        record = default;
        if (!TryRead(out byte[]? bytes)) return false;
        if (bytes.Length < Unsafe.SizeOf<T>())
            throw new ArgumentException($"a record of ring buffer '{Name}' has {bytes.Length} bytes, but {typeof(T).Name} has {Unsafe.SizeOf<T>()}");
        record = MemoryMarshal.Read<T>(bytes);
        return true;
    }

    /// <summary>Takes all records that are there.</summary>
    public IReadOnlyList<byte[]> ReadAll()
    {
        List<byte[]> records = [];
        while (TryRead(out byte[]? record)) records.Add(record);
        return records;
    }

    internal nint Reserve(ulong size, ulong flags)
    {
        if (flags != 0) return 0;
        lock (_gate) return _ring.Reserve(size);
    }

    /// <summary>Hands a record over; false when the address is not that of a reserved one.</summary>
    internal bool Submit(nint record)
    {
        lock (_gate) return _ring.Commit(record, discards: false);
    }

    /// <summary>Gives a record up; false when the address is not that of a reserved one.</summary>
    internal bool Discard(nint record)
    {
        lock (_gate) return _ring.Commit(record, discards: true);
    }

    internal Errno Output(ReadOnlySpan<byte> data, ulong flags)
    {
        if ((flags & ~(NoWakeUp | ForceWakeUp)) != 0) return Errno.EINVAL;
        lock (_gate)
        {
            nint record = _ring.Reserve((ulong)data.Length);
            if (record == 0) return Errno.EAGAIN;
            // SAFETY: the record is as long as the data.
            data.CopyTo(new((void*)record, data.Length));
            _ring.Commit(record, discards: false);
            return Errno.None;
        }
    }

    internal ulong Query(ulong what)
    {
        lock (_gate)
        {
            return what switch
            {
                0 => _ring.Produced - _ring.Consumed,
                1 => MaxEntries,
                2 => _ring.Consumed,
                3 => _ring.Produced,
                _ => 0,
            };
        }
    }

    internal override bool TryFindRegion(ulong address, ulong size, out MemoryRegion region)
    {
        lock (_gate)
        {
            region = default;
            if (!_ring.TryFindReserved(address, out nint data, out int length)) return false;
            region = new(Name, (ulong)data, (ulong)length, MemoryRights.ReadWrite);
            return region.Allows(address, size, MemoryRights.None);
        }
    }

    private protected override Errno ReadEntry(ReadOnlySpan<byte> key, Span<byte> value) => Errno.ENOTSUPP;

    private protected override Errno WriteEntry(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value, ulong flags) => Errno.ENOTSUPP;

    private protected override Errno RemoveEntry(ReadOnlySpan<byte> key) => Errno.ENOTSUPP;

    private protected override Errno NextEntry(ReadOnlySpan<byte> key, Span<byte> next) => Errno.ENOTSUPP;
}
