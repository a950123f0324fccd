// SPDX-License-Identifier: MIT
using System.Runtime.CompilerServices;
using Ruche.Bpf.Kernel.Lowering;

namespace Ruche.Bpf.Kernel;

/// <content>Sockets.</content>
public static unsafe partial class Bpf
{
    /// <summary>A number that no other socket of the host has. Networking; a socket in tracing; 4.12.</summary>
    [Helper(46)]
    public static ulong GetSocketCookie<TContext>(ref readonly TContext ctx)
        where TContext : unmanaged => throw KernelOnly.Call;

    /// <summary>The id of the user who owns the packet's socket. Traffic control; 4.12.</summary>
    [Helper(47)]
    public static uint GetSocketUid(ref readonly SkBuffContext skb) => throw KernelOnly.Call;

    /// <summary>A number that no other network namespace of the host has. Networking; 5.7.</summary>
    [Helper(122)]
    public static ulong GetNetnsCookie<TContext>(ref readonly TContext ctx)
        where TContext : unmanaged => throw KernelOnly.Call;

    /// <summary>Sets an option of the socket. Sockets of control groups and others; 4.13.</summary>
    [Helper(49)]
    public static long Setsockopt<TSocket>(ref readonly TSocket bpfSocket, int level, int optname, void* optval, int optlen)
        where TSocket : unmanaged => throw KernelOnly.Call;

    /// <summary>Reads an option of the socket. Sockets of control groups and others; 4.15.</summary>
    [Helper(57)]
    public static long Getsockopt<TSocket>(ref readonly TSocket bpfSocket, int level, int optname, void* optval, int optlen)
        where TSocket : unmanaged => throw KernelOnly.Call;

    /// <summary>Sets an option of the socket. Returns 0, or a negative error.</summary>
    public static long Setsockopt<TSocket, T>(ref readonly TSocket socket, int level, int option, in T value)
        where TSocket : unmanaged
        where T : unmanaged
    {
        fixed (T* from = &value) return Setsockopt(in socket, level, option, from, sizeof(T));
    }

    /// <summary>Reads an option of the socket. Returns 0, or a negative error.</summary>
    public static long Getsockopt<TSocket, T>(ref readonly TSocket socket, int level, int option, out T value)
        where TSocket : unmanaged
        where T : unmanaged
    {
        Unsafe.SkipInit(out value);
        fixed (T* to = &value) return Getsockopt(in socket, level, option, to, sizeof(T));
    }

    /// <summary>Binds the socket to an address before it is connected. Connect4, connect6; 4.17.</summary>
    [Helper(64)]
    public static long Bind(ref readonly SockAddrContext ctx, void* addr, int addrLen) => throw KernelOnly.Call;

    /// <summary>
    /// A TCP socket by its addresses and ports; a null reference when there is none. Must be released. XDP, traffic control and others; 4.20.
    /// </summary>
    [Helper(84, Returns = AddressSpace.Kernel)]
    public static ref SockContext SkLookupTcp<TContext>(ref readonly TContext ctx, void* tuple, uint tupleSize, ulong netns, ulong flags)
        where TContext : unmanaged => throw KernelOnly.Call;

    /// <summary>
    /// A UDP socket by its addresses and ports; a null reference when there is none. Must be released. XDP, traffic control and others; 4.20.
    /// </summary>
    [Helper(85, Returns = AddressSpace.Kernel)]
    public static ref SockContext SkLookupUdp<TContext>(ref readonly TContext ctx, void* tuple, uint tupleSize, ulong netns, ulong flags)
        where TContext : unmanaged => throw KernelOnly.Call;

    /// <summary>
    /// As <see cref="SkLookupTcp{TContext}"/>; the socket may be one that waits or is being opened, with few fields. XDP, traffic control and others;
    /// 5.2.
    /// </summary>
    [Helper(99, Returns = AddressSpace.Kernel)]
    public static ref SockContext SkcLookupTcp<TContext>(ref readonly TContext ctx, void* tuple, uint tupleSize, ulong netns, ulong flags)
        where TContext : unmanaged => throw KernelOnly.Call;

    /// <summary>Gives a socket back that a lookup has found. XDP, traffic control and others; 4.20.</summary>
    [Helper(86)]
    public static long SkRelease<TSock>(ref readonly TSock sock)
        where TSock : unmanaged => throw KernelOnly.Call;

    /// <summary>The socket, if it has all fields; a null reference when not. Traffic control and others; 5.1.</summary>
    [Helper(95, Returns = AddressSpace.Kernel)]
    public static ref SockContext SkFullsock(ref readonly SockContext sk) => throw KernelOnly.Call;

    /// <summary>What is known of a TCP connection; a null reference when it is none. Traffic control and others; 5.1.</summary>
    [Helper(96, Returns = AddressSpace.Kernel)]
    public static ref TcpSocket TcpSock(ref readonly SockContext sk) => throw KernelOnly.Call;

    /// <summary>The socket that listens for a connection; a null reference when there is none. Traffic control and others; 5.1.</summary>
    [Helper(98, Returns = AddressSpace.Kernel)]
    public static ref SockContext GetListenerSock(ref readonly SockContext sk) => throw KernelOnly.Call;

    /// <summary>Gives the packet, or the search, a socket. See <see cref="SkLookupFlags"/>. Traffic control (5.7), sk_lookup (5.9); 5.7.</summary>
    [Helper(124)]
    public static long SkAssign<TContext, TSock>(ref readonly TContext ctx, ref readonly TSock sk, ulong flags)
        where TContext : unmanaged
        where TSock : unmanaged => throw KernelOnly.Call;

    /// <summary>A socket seen as a <c>tcp6_sock</c>; a null reference when it is none. Tracing and networking; 5.9.</summary>
    [Helper(136, Returns = AddressSpace.Kernel)]
    public static ref TResult SkcToTcp6Sock<TResult, TSock>(ref readonly TSock sk)
        where TResult : unmanaged
        where TSock : unmanaged => throw KernelOnly.Call;

    /// <summary>A socket seen as a <c>tcp_sock</c>; a null reference when it is none. Tracing and networking; 5.9.</summary>
    [Helper(137, Returns = AddressSpace.Kernel)]
    public static ref TResult SkcToTcpSock<TResult, TSock>(ref readonly TSock sk)
        where TResult : unmanaged
        where TSock : unmanaged => throw KernelOnly.Call;

    /// <summary>A socket seen as a <c>tcp_timewait_sock</c>; a null reference when it is none. Tracing and networking; 5.9.</summary>
    [Helper(138, Returns = AddressSpace.Kernel)]
    public static ref TResult SkcToTcpTimewaitSock<TResult, TSock>(ref readonly TSock sk)
        where TResult : unmanaged
        where TSock : unmanaged => throw KernelOnly.Call;

    /// <summary>A socket seen as a <c>tcp_request_sock</c>; a null reference when it is none. Tracing and networking; 5.9.</summary>
    [Helper(139, Returns = AddressSpace.Kernel)]
    public static ref TResult SkcToTcpRequestSock<TResult, TSock>(ref readonly TSock sk)
        where TResult : unmanaged
        where TSock : unmanaged => throw KernelOnly.Call;

    /// <summary>A socket seen as a <c>udp6_sock</c>; a null reference when it is none. Tracing and networking; 5.9.</summary>
    [Helper(140, Returns = AddressSpace.Kernel)]
    public static ref TResult SkcToUdp6Sock<TResult, TSock>(ref readonly TSock sk)
        where TResult : unmanaged
        where TSock : unmanaged => throw KernelOnly.Call;

    /// <summary>A socket seen as a <c>unix_sock</c>; a null reference when it is none. Tracing and networking; 5.16.</summary>
    [Helper(178, Returns = AddressSpace.Kernel)]
    public static ref TResult SkcToUnixSock<TResult, TSock>(ref readonly TSock sk)
        where TResult : unmanaged
        where TSock : unmanaged => throw KernelOnly.Call;

    /// <summary>A socket seen as a <c>mptcp_sock</c>; a null reference when it is none. Tracing and networking; 5.19.</summary>
    [Helper(196, Returns = AddressSpace.Kernel)]
    public static ref TResult SkcToMptcpSock<TResult, TSock>(ref readonly TSock sk)
        where TResult : unmanaged
        where TSock : unmanaged => throw KernelOnly.Call;

    /// <summary>The network namespace that the packet or the socket is in.</summary>
    public const ulong CurrentNetworkNamespace = ulong.MaxValue;

    /// <summary>
    /// A TCP socket by a <see cref="SocketTupleIPv4"/> or <see cref="SocketTupleIPv6"/>; a null reference when there is none. Must be released (4.20).
    /// </summary>
    public static ref SockContext SkLookupTcp<TContext, TTuple>(ref readonly TContext ctx, in TTuple tuple, ulong netns = CurrentNetworkNamespace)
        where TContext : unmanaged
        where TTuple : unmanaged
    {
        fixed (TTuple* at = &tuple) return ref SkLookupTcp(in ctx, at, (uint)sizeof(TTuple), netns, 0);
    }

    /// <summary>
    /// A UDP socket by a <see cref="SocketTupleIPv4"/> or <see cref="SocketTupleIPv6"/>; a null reference when there is none. Must be released (4.20).
    /// </summary>
    public static ref SockContext SkLookupUdp<TContext, TTuple>(ref readonly TContext ctx, in TTuple tuple, ulong netns = CurrentNetworkNamespace)
        where TContext : unmanaged
        where TTuple : unmanaged
    {
        fixed (TTuple* at = &tuple) return ref SkLookupUdp(in ctx, at, (uint)sizeof(TTuple), netns, 0);
    }
}
