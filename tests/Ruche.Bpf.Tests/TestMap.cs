// SPDX-License-Identifier: MIT
using Ruche.Bpf.Maps;
using Ruche.Bpf.Objects.Specs;
using Ruche.Bpf.Objects.Uapi;

namespace Ruche.Bpf.Tests;

/// <summary>Makes maps for tests in one line.</summary>
internal static class TestMap
{
    public static BpfMap Create(MapType type, int keySize, int valueSize, uint maxEntries, MapFlags flags = MapFlags.None) =>
        BpfMap.Create(Spec(type, keySize, valueSize, maxEntries, flags));

    public static MapSpec Spec(MapType type, int keySize, int valueSize, uint maxEntries, MapFlags flags = MapFlags.None) => new()
    {
        Name = $"test_{type}",
        Type = type,
        KeySize = keySize,
        ValueSize = valueSize,
        MaxEntries = maxEntries,
        Flags = flags,
    };
}
