// SPDX-License-Identifier: MIT
using Ruche.Bpf.Maps;
using Ruche.Bpf.Objects.Uapi;

namespace Ruche.Cli.Bpf.Maps;

/// <summary>How the bytes of a map's entries are to be read.</summary>
/// <param name="KeySize">Bytes of a key.</param>
/// <param name="ValueSize">Bytes of a value, or of one CPU's.</param>
/// <param name="IsPerCpu">Whether there is a value for each CPU, each aligned to 8 bytes.</param>
/// <param name="HoldsMaps">Whether values are the ids of maps.</param>
/// <param name="Types">The types; null when they are not known.</param>
internal sealed record EntryLayout(int KeySize, int ValueSize, bool IsPerCpu, bool HoldsMaps, MapTypes? Types)
{
    /// <summary>Bytes from one CPU's value to the next one's.</summary>
    public int Stride => (ValueSize + 7) & ~7;

    /// <summary>The layout of a map.</summary>
    public static EntryLayout Of(BpfMap map) => new(
        map.KeySize,
        map.ValueSize,
        map.Type is MapType.PerCpuHash or MapType.PerCpuArray or MapType.LruPerCpuHash or MapType.PerCpuCgroupStorage,
        map.Type is MapType.ArrayOfMaps or MapType.HashOfMaps,
        MapTypes.Of(map));
}
