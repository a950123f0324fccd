// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;

namespace Ruche.Bpf.Kernel;

/// <summary>What IPsec has done with a packet: <c>struct bpf_xfrm_state</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
public readonly struct XfrmState
{
    /// <summary>The id of the request.</summary>
    public readonly uint RequestId;

    /// <summary>The index of the security parameters.</summary>
    public readonly NetworkUInt32 Spi;

    /// <summary>AF_INET (2) or AF_INET6 (10).</summary>
    public readonly ushort Family;

    private readonly ushort _extension;

    /// <summary>The other end; its first part, when it is of IPv4.</summary>
    public readonly IPv6Address RemoteIPv6;
}
