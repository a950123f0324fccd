// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;

namespace Ruche.Bpf.Kernel;

/// <summary>An ICMPv6 header: <c>struct icmp6hdr</c>.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
public struct IcmpV6Header
{
    /// <summary>What it says: 129 is the answer to 128, an echo.</summary>
    public byte Type;

    /// <summary>More precisely.</summary>
    public byte Code;

    /// <summary>The checksum of header, payload and addresses.</summary>
    public NetworkUInt16 Checksum;

    /// <summary>Of an echo: whose.</summary>
    public NetworkUInt16 Identifier;

    /// <summary>Of an echo: which.</summary>
    public NetworkUInt16 Sequence;
}
