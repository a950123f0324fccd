// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Machine.Memory;

/// <summary>What a bad access was, in words: what it did and where the nearest region is.</summary>
internal static class MemoryReport
{
    private const ulong Near = 512;

    public static string Of(MemoryMap memory, ulong address, uint size, MemoryRights rights)
    {
        string verb = rights.HasFlag(MemoryRights.Write) ? "writes" : "reads";
        return $"{verb} {size} bytes at 0x{address:x}, {Whereabouts(memory, address)}";
    }

    public static string OfMisaligned(ulong address, int size) => $"an atomic access of {size} bytes at 0x{address:x}, which is not a multiple of {size}";

    private static string Whereabouts(MemoryMap memory, ulong address)
    {
        foreach (var region in memory.Regions)
        {
            if (region.Allows(address, 1, MemoryRights.None))
                return region.Rights.HasFlag(MemoryRights.Write) ? $"which runs over the end of {region}" : $"in {region}";
            if (address - region.Start - region.Length < Near) return $"{address - region.Start - region.Length} bytes behind {region}";
            if (region.Start - address < Near) return $"{region.Start - address} bytes before {region}";
        }

        return address < Near ? "a null pointer" : "which is in no region of the program";
    }
}
