// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;
using Ruche.Bpf.Kernel.Lowering;

namespace Ruche.Bpf.Kernel;

/// <summary>One socket of the iterators <c>tcp</c>, <c>udp</c> and <c>unix</c>.</summary>
/// <typeparam name="TSocket">The kernel's type of the sockets: <c>sock_common</c>, <c>udp_sock</c> or <c>unix_sock</c>.</typeparam>
[StructLayout(LayoutKind.Sequential)]
public readonly unsafe struct SocketIteratorContext<TSocket>
    where TSocket : unmanaged
{
    private readonly ulong _meta;
    private readonly ulong _socket;

    /// <summary>The id of the user who owns it.</summary>
    public readonly uint UserId;

    /// <summary>The file that is read, and how far it has come.</summary>
    public ref IteratorMeta Meta => ref *Addresses.Object<IteratorMeta>(_meta);

    /// <summary>The socket; a null reference after the last one.</summary>
    public ref TSocket Socket => ref *Addresses.Object<TSocket>(_socket);
}
