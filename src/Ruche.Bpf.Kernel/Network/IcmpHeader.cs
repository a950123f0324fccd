// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;

namespace Ruche.Bpf.Kernel;

/// <summary>An ICMP header: <c>struct icmphdr</c>.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
public struct IcmpHeader
{
    /// <summary>What it says: 0 is the answer to 8, an echo.</summary>
    public byte Type;

    /// <summary>More precisely.</summary>
    public byte Code;

    /// <summary>The checksum of header and payload.</summary>
    public NetworkUInt16 Checksum;

    /// <summary>Of an echo: whose.</summary>
    public NetworkUInt16 Identifier;

    /// <summary>Of an echo: which; of an error about a packet that is too long: what fits.</summary>
    public NetworkUInt16 Sequence;
}
