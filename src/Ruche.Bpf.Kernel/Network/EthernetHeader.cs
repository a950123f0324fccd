// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;

namespace Ruche.Bpf.Kernel;

/// <summary>An Ethernet header: <c>struct ethhdr</c>.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
public struct EthernetHeader
{
    /// <summary>Who it is for.</summary>
    public MacAddress Destination;

    /// <summary>Who sent it.</summary>
    public MacAddress Source;

    /// <summary>What follows, see <see cref="EtherType"/>.</summary>
    public NetworkUInt16 Type;
}
