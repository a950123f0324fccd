// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;

namespace Ruche.Bpf.Kernel;

/// <summary>The ends of a tunnel: <c>struct bpf_tunnel_key</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
public struct TunnelKey
{
    /// <summary>The tunnel's id, such as a VXLAN network.</summary>
    public uint Id;

    /// <summary>The other end, when it is of IPv6.</summary>
    public IPv6Address RemoteIPv6;

    /// <summary>The outer type of service.</summary>
    public byte TypeOfService;

    /// <summary>How many routers may pass it on.</summary>
    public byte TimeToLive;

    /// <summary>The tunnel's flags, in network order.</summary>
    public ushort Flags;

    /// <summary>The IPv6 flow label.</summary>
    public uint Label;

    /// <summary>This end, when it is of IPv6 (6.0).</summary>
    public IPv6Address LocalIPv6;

    /// <summary>The other end, when it is of IPv4; in the host's order.</summary>
    public uint RemoteIPv4
    {
        readonly get => RemoteIPv6.First.NetworkOrder;
        set => RemoteIPv6.First = IPv4Address.FromNetworkOrder(value);
    }

    /// <summary>This end, when it is of IPv4; in the host's order (6.0).</summary>
    public uint LocalIPv4
    {
        readonly get => LocalIPv6.First.NetworkOrder;
        set => LocalIPv6.First = IPv4Address.FromNetworkOrder(value);
    }
}
