// SPDX-License-Identifier: MIT
using Ruche.Bpf.Machine.Memory;
using Ruche.Bpf.Objects.Specs;

namespace Ruche.Bpf.Machine.Maps;

/// <summary>A ring buffer that is written from outside of programs, and drained by them.</summary>
public sealed unsafe class MachineUserRingBuffer : MachineMap
{
    private readonly Lock _gate = new();
    private readonly RecordRing _ring;
    private MemoryRegion _sample;
    private bool _isDraining;

    internal MachineUserRingBuffer(MapSpec spec, int cpuCount)
        : base(spec, cpuCount) => _ring = new(spec.MaxEntries);

    /// <summary>Writes a record; false when there is no room until a program has taken what is there.</summary>
    public bool TryWrite(ReadOnlySpan<byte> data)
    {
        lock (_gate)
        {
            nint record = _ring.Reserve((ulong)data.Length);
            if (record == 0) return false;
            // SAFETY: the record is as long as the data.
            data.CopyTo(new((void*)record, data.Length));
            return _ring.Commit(record, discards: false);
        }
    }

    /// <summary>Starts draining; false when another run does already, to which the kernel says EBUSY.</summary>
    internal bool TryBeginDrain()
    {
        lock (_gate) return !_isDraining && (_isDraining = true);
    }

    internal void EndDrain()
    {
        lock (_gate) _isDraining = false;
    }

    /// <summary>The oldest record, within reach of programs until it is released.</summary>
    internal bool TryTake(out MemoryRegion sample)
    {
        lock (_gate)
        {
            bool isThere = _ring.TryPeek(out nint data, out int length);
            sample = _sample = isThere ? new(Name, (ulong)data, (ulong)length, MemoryRights.ReadWrite) : default;
            return isThere;
        }
    }

    internal void Release()
    {
        lock (_gate)
        {
            _ring.Release((int)_sample.Length);
            _sample = default;
        }
    }

    internal override bool TryFindRegion(ulong address, ulong size, out MemoryRegion region)
    {
        lock (_gate)
        {
            region = _sample;
            return region.Allows(address, size, MemoryRights.None);
        }
    }

    private protected override Errno ReadEntry(ReadOnlySpan<byte> key, Span<byte> value) => Errno.ENOTSUPP;

    private protected override Errno WriteEntry(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value, ulong flags) => Errno.ENOTSUPP;

    private protected override Errno RemoveEntry(ReadOnlySpan<byte> key) => Errno.ENOTSUPP;

    private protected override Errno NextEntry(ReadOnlySpan<byte> key, Span<byte> next) => Errno.ENOTSUPP;
}
