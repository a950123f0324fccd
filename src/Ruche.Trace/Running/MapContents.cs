// SPDX-License-Identifier: MIT
using Ruche.Bpf;
using Ruche.Bpf.Maps;
using Ruche.Trace.Binding;
using Ruche.Trace.Lowering;
using Ruche.Trace.Output.Maps;
using Ruche.Trace.Types;
using MapEntry = Ruche.Trace.Output.Maps.MapEntry;

namespace Ruche.Trace.Running;

/// <summary>Reads, empties and zeroes the script's maps while its programs run.</summary>
internal sealed class MapContents(IScriptHost host, ScriptPlan plan)
{
    private const int Word = sizeof(ulong);

    private readonly Dictionary<MapSymbol, MapStorage> _storage = plan.Maps.ToDictionary(m => m.Map);
    private readonly HashSet<MapSymbol> _zeroed = [];

    /// <summary>What printers need to know of a map.</summary>
    public MapShape ShapeOf(MapSymbol map)
    {
        var storage = _storage[map];
        return new(map.ToString(), storage.Key, storage.Value);
    }

    /// <summary>All entries; of a map without keys that was never given a value, none.</summary>
    public IReadOnlyList<MapEntry> Read(MapSymbol symbol)
    {
        var map = _storage[symbol];
        if (map.IsShared)
        {
            var value = host.Shared.Slice(map.Offset - Word, Word + ValueLayout.SizeOf(map.Value));
            return BitConverter.ToUInt64(value) == 0 ? [] : [new([], value[Word..].ToArray())];
        }

        var kernelMap = host.Map(map.KernelMap);
        List<MapEntry> entries = [];
        foreach (var entry in kernelMap.Entries) entries.Add(HasEntries(symbol) ? new(entry.Key.ToArray(), entry.Value.ToArray()) : new([], entry.Value.ToArray()));
        if (HasEntries(symbol)) return entries;

        // One that was never given anything has zeros only; a sum that comes to zero says in a word behind it that it was given something.
        return entries[0].Value.AsSpan().ContainsAnyExcept((byte)0) || _zeroed.Contains(symbol) ? [new([], PartsOf(map, entries[0].Value))] : [];
    }

    /// <summary>Takes all entries out.</summary>
    public void Clear(MapSymbol symbol)
    {
        var map = _storage[symbol];
        _zeroed.Remove(symbol);
        if (map.IsShared)
        {
            host.Shared.Slice(map.Offset - Word, Word + ValueLayout.SizeOf(map.Value)).Clear();
            return;
        }

        var kernelMap = host.Map(map.KernelMap);
        if (!HasEntries(symbol))
        {
            Update(kernelMap, new byte[kernelMap.KeySize], new byte[kernelMap.ValueBufferSize]);
            return;
        }

        byte[] keys = KeysOf(kernelMap);
        kernelMap.DeleteMany(keys);
    }

    /// <summary>Makes all values zero.</summary>
    public void Zero(MapSymbol symbol)
    {
        var map = _storage[symbol];
        bool isSet = Read(symbol).Count > 0;
        if (isSet) _zeroed.Add(symbol);
        if (map.IsShared)
        {
            if (isSet) host.Shared.Slice(map.Offset, ValueLayout.SizeOf(map.Value)).Clear();
            return;
        }

        var kernelMap = host.Map(map.KernelMap);
        byte[] nothing = new byte[kernelMap.ValueBufferSize];
        byte[] keys = KeysOf(kernelMap);
        for (int at = 0; at < keys.Length; at += kernelMap.KeySize) Update(kernelMap, keys.AsSpan(at, kernelMap.KeySize), nothing);
    }

    /// <summary>How many values of a map found no room.</summary>
    public ulong Refused(MapSymbol symbol) => Counter(_storage[symbol].FullCount);

    /// <summary>A counter that all programs share.</summary>
    public ulong Counter(int offset) => BitConverter.ToUInt64(host.Shared.Slice(offset, Word));

    private static bool HasEntries(MapSymbol symbol) => symbol.HasKey is true || symbol.Aggregation is Aggregation.Series;

    // The word that says so is no part of the value.
    private static byte[] PartsOf(MapStorage map, byte[] value)
    {
        int wanted = ValueLayout.SizeOf(map.Value);
        if (map.ValueSize == wanted) return value;
        byte[] parts = new byte[value.Length / map.ValueSize * wanted];
        for (int cpu = 0; cpu * map.ValueSize < value.Length; cpu++) value.AsSpan(cpu * map.ValueSize, wanted).CopyTo(parts.AsSpan(cpu * wanted));
        return parts;
    }

    private static void Update(IBpfMap map, ReadOnlySpan<byte> key, ReadOnlySpan<byte> value)
    {
        if (map.TryUpdate(key, value) is not Errno.None and var errno) throw map.Explain(MapOperation.Update, errno);
    }

    private static byte[] KeysOf(IBpfMap map)
    {
        List<byte> keys = [];
        foreach (var entry in map.Entries) keys.AddRange(entry.Key);
        return [.. keys];
    }
}
