// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;

namespace Ruche.Bpf.Kernel;

/// <summary>The IPv6 header of a part of a packet that was cut: <c>struct frag_hdr</c>.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
public struct IPv6FragmentHeader
{
    /// <summary>What follows.</summary>
    public IPProtocol NextHeader;

    /// <summary>Zero.</summary>
    public byte Reserved;

    /// <summary>Where the part stands, in the upper 13 bits; 1 when there is more.</summary>
    public NetworkUInt16 FragmentOffset;

    /// <summary>Which packet it belongs to.</summary>
    public NetworkUInt32 Identification;

    /// <summary>Whether it is not the first part: there is no transport header.</summary>
    public readonly bool IsLaterFragment => (FragmentOffset.Value & 0xfff8) != 0;
}
