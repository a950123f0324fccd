// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;
using Ruche.Bpf.Kernel.Lowering;

namespace Ruche.Bpf.Kernel;

/// <summary>A search for the socket of a packet: <c>struct bpf_sk_lookup</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
public struct SkLookupContext
{
    private readonly ulong _socket;

    /// <summary>The address family.</summary>
    public readonly uint Family;

    /// <summary>The protocol.</summary>
    public readonly uint Protocol;

    /// <summary>The other side's address.</summary>
    public readonly IPv4Address RemoteIPv4;

    /// <summary>The other side's address.</summary>
    public readonly IPv6Address RemoteIPv6;

    /// <summary>The other side's port.</summary>
    public readonly NetworkUInt16 RemotePort;

    private readonly ushort _remotePortRest;

    /// <summary>This side's address.</summary>
    public readonly IPv4Address LocalIPv4;

    /// <summary>This side's address.</summary>
    public readonly IPv6Address LocalIPv6;

    /// <summary>This side's port.</summary>
    public readonly uint LocalPort;

    /// <summary>The device that the packet came in by (5.17).</summary>
    public readonly uint IngressInterface;

    /// <summary>The socket that was chosen so far; a null reference when there is none.</summary>
    public readonly unsafe ref SockContext Socket => ref *Addresses.Object<SockContext>(_socket);
}
