// SPDX-License-Identifier: MIT
using System.Collections.Concurrent;

namespace Ruche.Bpf.Machine.Memory;

/// <summary>What all runs of a machine see: values of maps, and memory that stands for the kernel's or a process's.</summary>
internal sealed class SharedMemory
{
    private readonly ConcurrentBag<(MemoryRegion Region, byte[] Content)> _placed = [];

    /// <summary>Nothing.</summary>
    public static SharedMemory Empty { get; } = new();

    /// <summary>The maps in reach.</summary>
    public MapTable Maps { get; } = new();

    /// <summary>Placed memory, for a report.</summary>
    public IEnumerable<MemoryRegion> Regions => _placed.Select(p => p.Region);

    /// <summary>Adds memory, and keeps it.</summary>
    public void Place(MemoryRegion region, byte[] content) => _placed.Add((region, content));

    public bool TryFind(ulong address, ulong size, MemoryRights rights, out MemoryRegion found)
    {
        foreach (var map in Maps.All)
        {
            if (map.TryFindRegion(address, size, out found)) return (found.Rights & rights) == rights;
        }

        foreach (var (region, _) in _placed)
        {
            if (!region.Allows(address, size, rights)) continue;
            found = region;
            return true;
        }

        found = default;
        return false;
    }
}
