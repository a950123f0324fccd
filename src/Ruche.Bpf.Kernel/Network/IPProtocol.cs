// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Kernel;

/// <summary>What follows an IP header: <c>IPPROTO_…</c>.</summary>
public enum IPProtocol : byte
{
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

    /// <summary>Generic encapsulation.</summary>
    Gre = 47,

    /// <summary>Encrypted payload of IPsec.</summary>
    Esp = 50,

    /// <summary>Control messages of IPv6.</summary>
    IcmpV6 = 58,

    /// <summary>SCTP.</summary>
    Sctp = 132,
}
