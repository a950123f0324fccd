// SPDX-License-Identifier: MIT
using Ruche.Bpf.Links;
using Ruche.Bpf.Maps;
using Ruche.Bpf.Programs;

namespace Ruche.Bpf.Loading;

public sealed partial class BpfObject
{
    /// <summary>The maps by name, once prepared; data sections are maps too.</summary>
    public IReadOnlyDictionary<string, BpfMap> Maps => _maps;

    /// <summary>The loaded programs by name, in section order.</summary>
    public IReadOnlyDictionary<string, BpfProgram> Programs => _programs;

    /// <summary>The links that <see cref="Attach"/> made.</summary>
    public IReadOnlyList<BpfLink> Links => _links;

    /// <summary>A map of the object.</summary>
    /// <exception cref="ArgumentException">There is none of that name.</exception>
    /// <exception cref="InvalidOperationException">The object is not prepared yet.</exception>
    public BpfMap Map(string name)
    {
        ObjectDisposedException.ThrowIf(Phase is ObjectPhase.Disposed, this);
        if (_maps.TryGetValue(name, out var map)) return map;
        throw Spec.Maps.Any(m => m.Name == name)
            ? new InvalidOperationException($"map '{name}' does not exist yet; prepare object '{Name}' first")
            : new ArgumentException($"object '{Name}' has no map '{name}'; it has {List(Spec.Maps.Select(m => m.Name))}", nameof(name));
    }

    /// <summary>A hash map of the object, with types for keys and values.</summary>
    public BpfHashMap<TKey, TValue> HashMap<TKey, TValue>(string name)
        where TKey : unmanaged
        where TValue : unmanaged => new(Map(name));

    /// <summary>An array map of the object, with a type for its values.</summary>
    public BpfArray<T> Array<T>(string name)
        where T : unmanaged => new(Map(name));

    /// <summary>A hash map of the object that keeps a value for each CPU, with types for keys and values.</summary>
    public BpfPerCpuHashMap<TKey, TValue> PerCpuHashMap<TKey, TValue>(string name)
        where TKey : unmanaged
        where TValue : unmanaged => new(Map(name));

    /// <summary>An array map of the object that keeps a value for each CPU, with a type for its values.</summary>
    public BpfPerCpuArray<T> PerCpuArray<T>(string name)
        where T : unmanaged => new(Map(name));

    /// <summary>A longest-prefix map of the object, with types for addresses and values.</summary>
    public BpfLpmTrie<TAddress, TValue> LpmTrie<TAddress, TValue>(string name)
        where TAddress : unmanaged
        where TValue : unmanaged => new(Map(name));

    /// <summary>The memory of an arena of the object; it is the object's.</summary>
    /// <exception cref="ArgumentException">The map is no arena.</exception>
    /// <exception cref="InvalidOperationException">The object is not prepared yet.</exception>
    public BpfArena Arena(string name)
    {
        var map = Map(name);
        return _arenas.TryGetValue(name, out var arena) ? arena : throw new ArgumentException($"map '{name}' is a {map.Type}, not an arena", nameof(name));
    }

    /// <summary>A loaded program of the object.</summary>
    /// <exception cref="ArgumentException">There is none of that name.</exception>
    /// <exception cref="InvalidOperationException">It is not loaded.</exception>
    public BpfProgram Program(string name)
    {
        ObjectDisposedException.ThrowIf(Phase is ObjectPhase.Disposed, this);
        if (_programs.TryGetValue(name, out var program)) return program;
        throw Spec.Programs.Any(p => p.Name == name)
            ? new InvalidOperationException($"program '{name}' of object '{Name}' is not loaded")
            : NoProgram(name);
    }

    private ArgumentException NoProgram(string name) =>
        new($"object '{Name}' has no program '{name}'; it has {List(Spec.Programs.Select(p => p.Name))}");

    private static string List(IEnumerable<string> names) => string.Join(", ", names) is { Length: > 0 } text ? text : "none";
}
