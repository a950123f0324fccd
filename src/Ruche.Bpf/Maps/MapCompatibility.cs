// SPDX-License-Identifier: MIT
using Ruche.Bpf.Objects.Specs;
using Ruche.Bpf.Objects.Uapi;

namespace Ruche.Bpf.Maps;

/// <summary>Whether a live map can stand for a spec.</summary>
internal static class MapCompatibility
{
    /// <summary>The first property in which they differ, in words; null when they agree.</summary>
    public static string? Difference(MapSpec wanted, MapInfo found) =>
        Compare("type", wanted.Type, found.Type)
        ?? Compare("key size", wanted.KeySize, found.KeySize)
        ?? Compare("value size", wanted.ValueSize, found.ValueSize)
        ?? Compare("max_entries", wanted.MaxEntries, found.MaxEntries)
        ?? Compare("flags", Own(wanted.Type, wanted.Flags), Own(found.Type, found.Flags))
        ?? Compare("extra argument", wanted.Extra, found.Extra);

    // The kernel itself makes device maps read-only for programs.
    private static MapFlags Own(MapType type, MapFlags flags) => type is MapType.DevMap or MapType.DevMapHash
        ? flags & ~MapFlags.ReadOnlyProgram
        : flags;

    private static string? Compare<T>(string property, T wanted, T found)
        where T : notnull => wanted.Equals(found) ? null : $"its {property} is {found}, the object wants {wanted}";
}
