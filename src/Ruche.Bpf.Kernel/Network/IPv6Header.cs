// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;

namespace Ruche.Bpf.Kernel;

/// <summary>An IPv6 header: <c>struct ipv6hdr</c>.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
public struct IPv6Header
{
    /// <summary>The version, 6, in the upper four bits; the traffic class in the next eight; the flow label.</summary>
    public NetworkUInt32 VersionAndFlow;

    /// <summary>How long the packet is, this header not included.</summary>
    public NetworkUInt16 PayloadLength;

    /// <summary>What follows.</summary>
    public IPProtocol NextHeader;

    /// <summary>How many more routers may pass it on.</summary>
    public byte HopLimit;

    /// <summary>Who sent it.</summary>
    public IPv6Address Source;

    /// <summary>Who it is for.</summary>
    public IPv6Address Destination;

    /// <summary>The version: 6.</summary>
    public readonly uint Version => VersionAndFlow.Value >> 28;

    /// <summary>The traffic class.</summary>
    public readonly uint TrafficClass => (VersionAndFlow.Value >> 20) & 0xff;

    /// <summary>The flow label.</summary>
    public readonly uint FlowLabel => VersionAndFlow.Value & 0xfffff;
}
