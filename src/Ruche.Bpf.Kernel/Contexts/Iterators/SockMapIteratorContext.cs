// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;
using Ruche.Bpf.Kernel.Lowering;

namespace Ruche.Bpf.Kernel;

/// <summary>One entry of a socket map: <c>struct bpf_iter__sockmap</c>.</summary>
/// <typeparam name="TMap">The kernel's <c>struct bpf_map</c>.</typeparam>
/// <typeparam name="TKey">What the map's entries are found by.</typeparam>
/// <typeparam name="TSock">The kernel's <c>struct sock</c>.</typeparam>
[StructLayout(LayoutKind.Sequential)]
public readonly unsafe struct SockMapIteratorContext<TMap, TKey, TSock>
    where TMap : unmanaged
    where TKey : unmanaged
    where TSock : unmanaged
{
    private readonly ulong _meta;
    private readonly ulong _map;
    private readonly ulong _key;
    private readonly ulong _socket;

    /// <summary>The file that is read, and how far it has come.</summary>
    public ref IteratorMeta Meta => ref *Addresses.Object<IteratorMeta>(_meta);

    /// <summary>The map.</summary>
    public ref TMap Map => ref *Addresses.Object<TMap>(_map);

    /// <summary>The key; a null reference after the last one.</summary>
    public ref TKey Key => ref *Addresses.Value<TKey>(_key);

    /// <summary>The socket; a null reference after the last one.</summary>
    public ref TSock Socket => ref *Addresses.Object<TSock>(_socket);
}
