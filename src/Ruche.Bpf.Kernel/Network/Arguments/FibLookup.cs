// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;

namespace Ruche.Bpf.Kernel;

/// <summary>A question for a route, and its answer: <c>struct bpf_fib_lookup</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
public struct FibLookup
{
    /// <summary>AF_INET (2) or AF_INET6 (10).</summary>
    public byte Family;

    /// <summary>The transport protocol.</summary>
    public IPProtocol Protocol;

    /// <summary>The sender's port.</summary>
    public NetworkUInt16 SourcePort;

    /// <summary>The receiver's port.</summary>
    public NetworkUInt16 DestinationPort;

    /// <summary>How long the packet is, to check that it fits; then: how long it may be.</summary>
    public ushort TotalLength;

    /// <summary>The device that it came in by; then: the device that it leaves by.</summary>
    public uint Interface;

    /// <summary>The type of service, or the IPv6 flow label.</summary>
    public NetworkUInt32 FlowInfo;

    /// <summary>The sender's address, when it is of IPv6.</summary>
    public IPv6Address SourceIPv6;

    /// <summary>The receiver's address, when it is of IPv6; then: that of the next hop.</summary>
    public IPv6Address DestinationIPv6;

    /// <summary>The protocol of a VLAN tag.</summary>
    public NetworkUInt16 VlanProtocol;

    /// <summary>A VLAN tag.</summary>
    public NetworkUInt16 VlanTag;

    /// <summary>Then: the device's link address.</summary>
    public MacAddress SourceMac;

    /// <summary>Then: the next hop's link address.</summary>
    public MacAddress DestinationMac;

    /// <summary>The sender's address, when it is of IPv4.</summary>
    public IPv4Address SourceIPv4
    {
        readonly get => SourceIPv6.First;
        set => SourceIPv6.First = value;
    }

    /// <summary>The receiver's address, when it is of IPv4; then: that of the next hop.</summary>
    public IPv4Address DestinationIPv4
    {
        readonly get => DestinationIPv6.First;
        set => DestinationIPv6.First = value;
    }
}
