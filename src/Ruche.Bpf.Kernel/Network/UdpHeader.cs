// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;

namespace Ruche.Bpf.Kernel;

/// <summary>A UDP header: <c>struct udphdr</c>.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
public struct UdpHeader
{
    /// <summary>The sender's port.</summary>
    public NetworkUInt16 Source;

    /// <summary>The receiver's port.</summary>
    public NetworkUInt16 Destination;

    /// <summary>How long the datagram is, this header included.</summary>
    public NetworkUInt16 Length;

    /// <summary>The checksum of header, payload and addresses; 0 when there is none.</summary>
    public NetworkUInt16 Checksum;
}
