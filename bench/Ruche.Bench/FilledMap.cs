// SPDX-License-Identifier: MIT
using Ruche.Bpf.Maps;
using Ruche.Bpf.Objects.Uapi;

namespace Ruche.Bench;

/// <summary>A map for commands to read.</summary>
internal static class FilledMap
{
    /// <summary>Makes a full hash map and pins it.</summary>
    public static void Pin(string path, int entries)
    {
        using var map = BpfMap.Create(new() { Name = "filled", Type = MapType.Hash, KeySize = sizeof(uint), ValueSize = sizeof(ulong), MaxEntries = (uint)entries });
        uint[] keys = [.. Enumerable.Range(0, entries).Select(i => (uint)i)];
        new BpfHashMap<uint, ulong>(map).UpdateMany(keys, [.. keys.Select(key => (ulong)key * key)]);
        map.Pin(path);
    }
}
