// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;

namespace Ruche.Bpf.Kernel;

/// <summary>A socket: <c>struct bpf_sock</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
public struct SockContext
{
    /// <summary>The device that it is bound to, or 0; programs of control groups can change it.</summary>
    public uint BoundInterface;

    /// <summary>Its address family.</summary>
    public readonly uint Family;

    /// <summary>Its type.</summary>
    public readonly uint Type;

    /// <summary>Its protocol.</summary>
    public readonly uint Protocol;

    /// <summary>The mark of its packets; programs of control groups can change it.</summary>
    public uint Mark;

    /// <summary>The priority of its packets; programs of control groups can change it.</summary>
    public uint Priority;

    /// <summary>This side's address.</summary>
    public readonly IPv4Address SourceIPv4;

    /// <summary>This side's address.</summary>
    public readonly IPv6Address SourceIPv6;

    /// <summary>This side's port.</summary>
    public readonly uint SourcePort;

    /// <summary>The other side's port.</summary>
    public readonly NetworkUInt16 DestinationPort;

    private readonly ushort _destinationPortRest;

    /// <summary>The other side's address.</summary>
    public readonly IPv4Address DestinationIPv4;

    /// <summary>The other side's address.</summary>
    public readonly IPv6Address DestinationIPv6;

    /// <summary>The state of the connection: <c>TCP_…</c>.</summary>
    public readonly uint State;

    /// <summary>The receive queue that its packets come by, or -1.</summary>
    public readonly int ReceiveQueue;
}
