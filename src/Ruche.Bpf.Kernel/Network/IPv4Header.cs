// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;

namespace Ruche.Bpf.Kernel;

/// <summary>An IPv4 header without options: <c>struct iphdr</c>.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
public struct IPv4Header
{
    /// <summary>The version, 4, in the high half; the header's length in words in the low.</summary>
    public byte VersionAndLength;

    /// <summary>The type of service.</summary>
    public byte TypeOfService;

    /// <summary>How long the packet is, this header included.</summary>
    public NetworkUInt16 TotalLength;

    /// <summary>Which packet a fragment belongs to.</summary>
    public NetworkUInt16 Identification;

    /// <summary>Three flags, and where in its packet a fragment stands, in units of eight bytes.</summary>
    public NetworkUInt16 FragmentOffset;

    /// <summary>How many more routers may pass it on.</summary>
    public byte TimeToLive;

    /// <summary>What follows.</summary>
    public IPProtocol Protocol;

    /// <summary>The header's checksum.</summary>
    public NetworkUInt16 Checksum;

    /// <summary>Who sent it.</summary>
    public IPv4Address Source;

    /// <summary>Who it is for.</summary>
    public IPv4Address Destination;

    /// <summary>How long the header is, options included.</summary>
    public readonly uint HeaderLength => (VersionAndLength & 15u) * 4;

    /// <summary>The version: 4.</summary>
    public readonly uint Version => (uint)VersionAndLength >> 4;

    /// <summary>Whether it is a part of a packet that was cut.</summary>
    public readonly bool IsFragment => (FragmentOffset.Value & 0x3fff) != 0;

    /// <summary>Whether it is a part of a packet that was cut, and not the first: there is no transport header.</summary>
    public readonly bool IsLaterFragment => (FragmentOffset.Value & 0x1fff) != 0;
}
