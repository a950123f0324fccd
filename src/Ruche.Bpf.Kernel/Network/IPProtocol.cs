// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Kernel;

/// <summary>What follows an IP header: <c>IPPROTO_…</c>.</summary>
public enum IPProtocol : byte
{
    /// <summary>Options of IPv6 for each router.</summary>
    HopByHop = 0,

    /// <summary>Control messages of IPv4.</summary>
    Icmp = 1,

    /// <summary>An IPv4 packet.</summary>
    IPv4 = 4,

    /// <summary>TCP.</summary>
    Tcp = 6,

    /// <summary>UDP.</summary>
    Udp = 17,

    /// <summary>An IPv6 packet.</summary>
    IPv6 = 41,

    /// <summary>The route of an IPv6 packet.</summary>
    Routing = 43,

    /// <summary>A part of an IPv6 packet that was cut.</summary>
    Fragment = 44,

    /// <summary>Generic encapsulation.</summary>
    Gre = 47,

    /// <summary>Encrypted payload of IPsec.</summary>
    Esp = 50,

    /// <summary>Signed payload of IPsec.</summary>
    Authentication = 51,

    /// <summary>Control messages of IPv6.</summary>
    IcmpV6 = 58,

    /// <summary>Nothing follows an IPv6 header.</summary>
    NoNextHeader = 59,

    /// <summary>Options of IPv6 for the receiver.</summary>
    DestinationOptions = 60,

    /// <summary>SCTP.</summary>
    Sctp = 132,
}
