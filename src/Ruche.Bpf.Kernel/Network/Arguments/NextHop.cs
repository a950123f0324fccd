// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;

namespace Ruche.Bpf.Kernel;

/// <summary>Where a packet goes next: <c>struct bpf_redir_neigh</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
public struct NextHop
{
    /// <summary>AF_INET (2) or AF_INET6 (10).</summary>
    public uint Family;

    /// <summary>The address, when it is of IPv6.</summary>
    public IPv6Address AddressIPv6;

    /// <summary>The address, when it is of IPv4.</summary>
    public IPv4Address AddressIPv4
    {
        readonly get => AddressIPv6.First;
        set => AddressIPv6.First = value;
    }
}
