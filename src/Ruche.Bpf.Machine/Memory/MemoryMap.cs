// SPDX-License-Identifier: MIT
using System.Diagnostics.CodeAnalysis;

namespace Ruche.Bpf.Machine.Memory;

/// <summary>
/// The regions that one run may see: its stack, what it is given, and what all runs of its machine share. There are few regions, so they
/// are searched in order.
/// </summary>
internal sealed unsafe class MemoryMap
{
    private MemoryRegion[] _regions = new MemoryRegion[8];
    private int _count;

    /// <summary>What the run shares with others, such as values of maps.</summary>
    public SharedMemory Shared { get; set; } = SharedMemory.Empty;

    /// <summary>The stack in use.</summary>
    public MemoryRegion Stack
    {
        get => _regions[0];
        set => _regions[0] = value;
    }

    /// <summary>Everything in reach, for a report.</summary>
    public IReadOnlyList<MemoryRegion> Regions => [.. _regions.AsSpan(0, _count), .. Shared.Regions];

    /// <summary>Begins anew, with the stack alone.</summary>
    public void Reset(SharedMemory shared)
    {
        if (Shared != shared) Shared = shared;
        _count = 1;
    }

    public void Add(in MemoryRegion region)
    {
        if (region.Length == 0) return;
        if (_count == _regions.Length) Array.Resize(ref _regions, 2 * _count);
        _regions[_count++] = region;
    }

    /// <summary>Takes away the region that was added last with that start.</summary>
    public void Remove(ulong start)
    {
        int index = _count - 1;
        while (index > 0 && _regions[index].Start != start) index--;
        if (index <= 0) return;
        _regions.AsSpan(index + 1, _count - index - 1).CopyTo(_regions.AsSpan(index));
        _count--;
    }

    public bool TryFind(ulong address, ulong size, MemoryRights rights, out MemoryRegion found)
    {
        foreach (ref readonly var region in _regions.AsSpan(0, _count))
        {
            if (!region.Allows(address, size, rights)) continue;
            found = region;
            return true;
        }

        return Shared.TryFind(address, size, rights, out found);
    }

    /// <summary>Memory that may be used as asked.</summary>
    /// <exception cref="MemoryFaultException">It may not.</exception>
    public Span<byte> Span(ulong address, int length, MemoryRights rights)
    {
        if (TrySpan(address, length, rights, out var span)) return span;
        Throw(address, length, rights);
        return default;
    }

    public bool TrySpan(ulong address, int length, MemoryRights rights, out Span<byte> span)
    {
        span = default;
        if (length == 0) return true;
        if (length < 0 || !TryFind(address, (ulong)length, rights, out _)) return false;
        // SAFETY: the range lies in a region, and regions live as long as the run.
        span = new((void*)address, length);
        return true;
    }

    [DoesNotReturn]
    private static void Throw(ulong address, int length, MemoryRights rights) => throw new MemoryFaultException(address, length, rights);
}
