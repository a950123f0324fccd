// SPDX-License-Identifier: MIT
namespace Ruche.Trace.Types;

/// <summary>
/// How the kernel is asked for memory. The names are macros that no type tells; the bits are an enumeration of its types from Linux 6.10 on, and
/// they differ between kernels.
/// </summary>
internal static class AllocationFlags
{
    private const string Single = "__GFP_";
    private const string User = "DIRECT_RECLAIM KSWAPD_RECLAIM IO FS HARDWALL";
    private const string Movable = "HIGHMEM MOVABLE SKIP_KASAN IO FS HARDWALL";

    // From include/linux/gfp_types.h; the names of bits are without what all of them begin with.
    private static readonly Dictionary<string, string> Bits = new(StringComparer.Ordinal)
    {
        ["__GFP_RECLAIM"] = "DIRECT_RECLAIM KSWAPD_RECLAIM",
        ["GFP_ATOMIC"] = "HIGH KSWAPD_RECLAIM",
        ["GFP_KERNEL"] = "DIRECT_RECLAIM KSWAPD_RECLAIM IO FS",
        ["GFP_KERNEL_ACCOUNT"] = "DIRECT_RECLAIM KSWAPD_RECLAIM IO FS ACCOUNT",
        ["GFP_NOWAIT"] = "KSWAPD_RECLAIM NOWARN",
        ["GFP_NOIO"] = "DIRECT_RECLAIM KSWAPD_RECLAIM",
        ["GFP_NOFS"] = "DIRECT_RECLAIM KSWAPD_RECLAIM IO",
        ["GFP_USER"] = User,
        ["GFP_DMA"] = "DMA",
        ["GFP_DMA32"] = "DMA32",
        ["GFP_HIGHUSER"] = $"{User} HIGHMEM",
        ["GFP_HIGHUSER_MOVABLE"] = $"{Movable} DIRECT_RECLAIM KSWAPD_RECLAIM",
        ["GFP_TRANSHUGE_LIGHT"] = $"{Movable} COMP NOMEMALLOC NOWARN",
        ["GFP_TRANSHUGE"] = $"{Movable} COMP NOMEMALLOC NOWARN DIRECT_RECLAIM",
    };

    /// <summary>The value of a name; null when it is none of these, or the kernel's types have no such bits.</summary>
    public static long? Find(string name, TypeCatalog types)
    {
        if (Bits.TryGetValue(name, out string? bits)) return types.FindEnumerator(BitName("IO")) is null ? null : bits.Split(' ').Aggregate(0L, (sum, bit) => sum | Of(bit, types) ?? 0);
        return name.StartsWith(Single, StringComparison.Ordinal) ? Of(name[Single.Length..], types) : null;
    }

    // A bit that this kernel was built without counts as none in what is put together.
    private static long? Of(string bit, TypeCatalog types) => types.FindEnumerator(BitName(bit)) is { Value: >= 0 and < 64 and var number } ? 1L << (int)number : null;

    private static string BitName(string bit) => $"___GFP_{bit}_BIT";
}
