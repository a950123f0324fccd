// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;
using Ruche.Bpf.Kernel.Lowering;

namespace Ruche.Bpf.Kernel;

/// <summary>One entry of a storage of sockets: <c>struct bpf_iter__bpf_sk_storage_map</c>.</summary>
/// <typeparam name="TMap">The kernel's <c>struct bpf_map</c>.</typeparam>
/// <typeparam name="TSock">The kernel's <c>struct sock</c>.</typeparam>
/// <typeparam name="TValue">What is kept for each socket.</typeparam>
[StructLayout(LayoutKind.Sequential)]
public readonly unsafe struct SkStorageIteratorContext<TMap, TSock, TValue>
    where TMap : unmanaged
    where TSock : unmanaged
    where TValue : unmanaged
{
    private readonly ulong _meta;
    private readonly ulong _map;
    private readonly ulong _socket;
    private readonly ulong _value;

    /// <summary>The file that is read, and how far it has come.</summary>
    public ref IteratorMeta Meta => ref *Addresses.Object<IteratorMeta>(_meta);

    /// <summary>The map.</summary>
    public ref TMap Map => ref *Addresses.Object<TMap>(_map);

    /// <summary>The socket; a null reference after the last one.</summary>
    public ref TSock Socket => ref *Addresses.Object<TSock>(_socket);

    /// <summary>The value; a null reference after the last one.</summary>
    public ref TValue Value => ref *Addresses.Value<TValue>(_value);
}
