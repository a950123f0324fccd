// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;

namespace Ruche.Bpf.Kernel;

/// <summary>Addresses and ports of a socket: the IPv6 part of <c>struct bpf_sock_tuple</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
public struct SocketTupleIPv6
{
    /// <summary>The other side's address.</summary>
    public IPv6Address Source;

    /// <summary>This side's address.</summary>
    public IPv6Address Destination;

    /// <summary>The other side's port.</summary>
    public NetworkUInt16 SourcePort;

    /// <summary>This side's port.</summary>
    public NetworkUInt16 DestinationPort;
}
