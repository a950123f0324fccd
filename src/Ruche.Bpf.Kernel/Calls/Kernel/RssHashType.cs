// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Kernel;

/// <summary>What a device has made a hash of: <c>enum xdp_rss_hash_type</c>.</summary>
[Flags]
public enum RssHashType : uint
{
    /// <summary>Nothing that is known.</summary>
    None = 0,

    /// <summary>IPv4 addresses.</summary>
    IPv4 = 1,

    /// <summary>IPv6 addresses.</summary>
    IPv6 = 2,

    /// <summary>Options of the network header.</summary>
    Options = 4,

    /// <summary>Ports.</summary>
    Transport = 8,

    /// <summary>Ports of TCP.</summary>
    Tcp = 16,

    /// <summary>Ports of UDP.</summary>
    Udp = 32,

    /// <summary>Ports of SCTP.</summary>
    Sctp = 64,

    /// <summary>IPsec.</summary>
    IpSec = 128,

    /// <summary>ICMP.</summary>
    Icmp = 256,
}
