// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Compiler.FrontEnds.CSharp.Rules;

/// <summary>What the kernel asks of maps, by their number in <c>enum bpf_map_type</c>.</summary>
internal static class MapRules
{
    private const int LpmTrie = 11, StructOps = 26, RingBuffer = 27, UserRingBuffer = 31, Page = 4096;

    /// <summary>What is wrong with a map; null when nothing is.</summary>
    /// <param name="map">The field.</param>
    /// <param name="type">The map's type.</param>
    /// <param name="entries">How many entries it is given.</param>
    /// <param name="innerEntries">How many those inside are given; null when none are inside.</param>
    public static Refusal? Find(string map, int type, long entries, long? innerEntries)
    {
        if (type is RingBuffer or UserRingBuffer) return entries < Page || (entries & (entries - 1)) != 0 ? DeclarationRefusals.RingSize(map, entries) : null;
        if (IsStorage(type)) return entries != 0 ? DeclarationRefusals.Entries(map, entries) : null;
        if (entries == 0 && NeedsEntries(type)) return DeclarationRefusals.NoEntries(map);
        return innerEntries == 0 ? DeclarationRefusals.NoInnerEntries(map) : null;
    }

    public static bool IsTrie(int type) => type == LpmTrie;

    // Storage of cgroups, sockets, files and tasks.
    private static bool IsStorage(int type) => type is 19 or 21 or 24 or 28 or 29 or 32;

    public static bool IsStructOps(int type) => type == StructOps;

    // A perf event array has as many as there are CPUs, when nobody says otherwise; a table of functions is one.
    private static bool NeedsEntries(int type) => type is not (4 or StructOps);
}
