// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;

namespace Ruche.Bpf.Kernel;

/// <summary>A question for a link address, or its answer, without the addresses: <c>struct arphdr</c>.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
public struct ArpHeader
{
    /// <summary>The kind of link: 1 for Ethernet.</summary>
    public NetworkUInt16 HardwareType;

    /// <summary>The kind of addresses asked for, see <see cref="EtherType"/>.</summary>
    public NetworkUInt16 ProtocolType;

    /// <summary>How long link addresses are.</summary>
    public byte HardwareLength;

    /// <summary>How long the others are.</summary>
    public byte ProtocolLength;

    /// <summary>1 for a question, 2 for an answer.</summary>
    public NetworkUInt16 Operation;
}
