// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;

namespace Ruche.Bpf.Kernel;

/// <summary>The beginning of an IPv6 header of options or of routing: <c>struct ipv6_opt_hdr</c>.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
public struct IPv6ExtensionHeader
{
    /// <summary>What follows.</summary>
    public IPProtocol NextHeader;

    /// <summary>How long it is in units of eight bytes, the first not counted.</summary>
    public byte LengthAfterFirst;

    /// <summary>How long it is.</summary>
    public readonly uint Length => (LengthAfterFirst + 1u) * 8;
}
