// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;
using Ruche.Bpf.Kernel.Lowering;

namespace Ruche.Bpf.Kernel;

/// <summary>An address that a socket is about to use: <c>struct bpf_sock_addr</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
public struct SockAddrContext
{
    /// <summary>The address family that the process asks for.</summary>
    public readonly uint UserFamily;

    /// <summary>The IPv4 address; a program can change it.</summary>
    public IPv4Address UserIPv4;

    /// <summary>The IPv6 address; a program can change it.</summary>
    public IPv6Address UserIPv6;

    private uint _userPort;

    /// <summary>The socket's address family.</summary>
    public readonly uint Family;

    /// <summary>The socket's type.</summary>
    public readonly uint Type;

    /// <summary>The socket's protocol.</summary>
    public readonly uint Protocol;

    /// <summary>Which address a datagram is sent from; a program can change it.</summary>
    public IPv4Address SourceIPv4;

    /// <summary>Which address a datagram is sent from; a program can change it.</summary>
    public IPv6Address SourceIPv6;

    private readonly ulong _socket;

    /// <summary>The port; a program can change it.</summary>
    public NetworkUInt16 UserPort
    {
        readonly get => NetworkUInt16.FromNetworkOrder((ushort)_userPort);
        set => _userPort = value.NetworkOrder;
    }

    /// <summary>The socket; a null reference when there is none.</summary>
    public readonly unsafe ref SockContext Socket => ref *Addresses.Object<SockContext>(_socket);
}
