// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;
using Ruche.Bpf.Maps;
using Ruche.Bpf.Objects.Specs;

namespace Ruche.Bpf.Machine.Maps;

/// <summary>
/// An array of perf events, one for each CPU as if a reader had opened them; what programs write is kept until it is read, without a limit.
/// </summary>
public sealed class MachinePerfEventArray : MachineMap
{
    private readonly Lock _gate = new();
    private readonly List<MachineRecord> _records = [];
    private readonly bool[] _isOpen;

    internal MachinePerfEventArray(MapSpec spec, int cpuCount)
        : base(spec, cpuCount)
    {
        _isOpen = new bool[(int)Math.Min(MaxEntries, (uint)cpuCount)];
        Array.Fill(_isOpen, true);
    }

    /// <summary>Takes all records, in the order of their writing.</summary>
    public IReadOnlyList<MachineRecord> ReadAll()
    {
        lock (_gate)
        {
            MachineRecord[] records = [.. _records];
            _records.Clear();
            return records;
        }
    }

    internal Errno Output(uint index, ReadOnlySpan<byte> data)
    {
        if (index >= MaxEntries) return Errno.E2BIG;
        lock (_gate)
        {
            if (index >= _isOpen.Length || !_isOpen[index]) return Errno.ENOENT;
            _records.Add(new((int)index, data.ToArray()));
            return Errno.None;
        }
    }

    private protected override Errno ReadEntry(ReadOnlySpan<byte> key, Span<byte> value) => Errno.ENOTSUPP;

    // There are no perf events that could be put in.
    private protected override Errno WriteEntry(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value, ulong flags)
    {
        if (flags != (ulong)UpdateMode.Any) return Errno.EINVAL;
        return MemoryMarshal.Read<uint>(key) >= MaxEntries ? Errno.E2BIG : Errno.EBADF;
    }

    private protected override Errno RemoveEntry(ReadOnlySpan<byte> key)
    {
        uint index = MemoryMarshal.Read<uint>(key);
        if (index >= MaxEntries) return Errno.E2BIG;
        lock (_gate)
        {
            if (index >= _isOpen.Length || !_isOpen[index]) return Errno.ENOENT;
            _isOpen[index] = false;
            return Errno.None;
        }
    }

    private protected override Errno NextEntry(ReadOnlySpan<byte> key, Span<byte> next) => Indexes.Next(key, next, MaxEntries);
}
