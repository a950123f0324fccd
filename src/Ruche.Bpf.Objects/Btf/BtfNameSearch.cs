// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;

namespace Ruche.Bpf.Objects.Btf;

/// <summary>
/// Finds a name without an index: first where the text lies among the strings, then which types are called by that place. For one name
/// among a kernel's types this takes a fifth of what building the index takes.
/// </summary>
internal static class BtfNameSearch
{
    // A short name ends many longer ones; any of those places could be meant.
    private const int MaxPlaces = 16;

    /// <summary>Types by their index, in order; null when the text lies in so many places that an index is worth building.</summary>
    public static List<int>? Find(ReadOnlySpan<byte> types, ReadOnlySpan<byte> strings, ReadOnlySpan<int> offsets, ReadOnlySpan<byte> name)
    {
        List<uint> places = [];
        ReadOnlySpan<byte> terminated = [.. name, 0];
        for (int at = 0, found; (found = strings[at..].IndexOf(terminated)) >= 0; at += found + 1)
        {
            if (places.Count == MaxPlaces) return null;
            places.Add((uint)(at + found));
        }
        return places.Count == 0 ? [] : CalledBy(CollectionsMarshal.AsSpan(places), types, offsets);
    }

    private static List<int> CalledBy(ReadOnlySpan<uint> places, ReadOnlySpan<byte> types, ReadOnlySpan<int> offsets)
    {
        List<int> found = [];
        ulong hints = 0; // a bit for each place: nearly all names are done with here
        foreach (uint place in places) hints |= 1ul << (int)(place % 64);
        for (int index = 0; index < offsets.Length; index++)
        {
            uint name = UncheckedWord.At(types, offsets[index]);
            if ((hints >> (int)(name % 64) & 1) != 0 && places.Contains(name)) found.Add(index);
        }
        return found;
    }
}
