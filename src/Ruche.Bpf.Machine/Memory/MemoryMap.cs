// SPDX-License-Identifier: MIT
using System.Diagnostics.CodeAnalysis;

namespace Ruche.Bpf.Machine.Memory;

/// <summary>The regions that one run may see. A run owns its map; there are few regions, so they are searched in order.</summary>
internal sealed unsafe class MemoryMap
{
    private readonly List<MemoryRegion> _regions = [];

    public IReadOnlyList<MemoryRegion> Regions => _regions;

    public void Clear() => _regions.Clear();

    public void Add(MemoryRegion region)
    {
        if (region.Length > 0) _regions.Add(region);
    }

    /// <summary>Makes a region longer or shorter in place; returns what it has become.</summary>
    public MemoryRegion Resize(int index, ulong start, ulong length) => _regions[index] = _regions[index] with { Start = start, Length = length };

    public bool TryFind(ulong address, ulong size, MemoryRights rights, out MemoryRegion found)
    {
        foreach (var region in _regions)
        {
            if (!region.Allows(address, size, rights)) continue;
            found = region;
            return true;
        }

        found = default;
        return false;
    }

    public Span<byte> Span(ulong address, int length, MemoryRights rights)
    {
        if (length < 0 || (length > 0 && !TryFind(address, (ulong)length, rights, out _))) Throw(address, length, rights);
        // SAFETY: the range lies in a region, and regions live as long as the run.
        return length == 0 ? [] : new((void*)address, length);
    }

    [DoesNotReturn]
    private static void Throw(ulong address, int length, MemoryRights rights) => throw new MemoryFaultException(address, length, rights);
}
