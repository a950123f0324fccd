// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;
using Ruche.Bpf.Kernel.Lowering;

namespace Ruche.Bpf.Kernel;

/// <summary>One entry of a map: <c>struct bpf_iter__bpf_map_elem</c>.</summary>
/// <typeparam name="TMap">The kernel's <c>struct bpf_map</c>.</typeparam>
/// <typeparam name="TKey">What the map's entries are found by.</typeparam>
/// <typeparam name="TValue">What it keeps for each key.</typeparam>
[StructLayout(LayoutKind.Sequential)]
public readonly unsafe struct MapElementIteratorContext<TMap, TKey, TValue>
    where TMap : unmanaged
    where TKey : unmanaged
    where TValue : unmanaged
{
    private readonly ulong _meta;
    private readonly ulong _map;
    private readonly ulong _key;
    private readonly ulong _value;

    /// <summary>The file that is read, and how far it has come.</summary>
    public ref IteratorMeta Meta => ref *Addresses.Object<IteratorMeta>(_meta);

    /// <summary>The map.</summary>
    public ref TMap Map => ref *Addresses.Object<TMap>(_map);

    /// <summary>The key; a null reference after the last one.</summary>
    public ref TKey Key => ref *Addresses.Value<TKey>(_key);

    /// <summary>The value; a null reference after the last one.</summary>
    public ref TValue Value => ref *Addresses.Value<TValue>(_value);
}
