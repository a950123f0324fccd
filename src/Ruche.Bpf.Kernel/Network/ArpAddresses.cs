// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;

namespace Ruche.Bpf.Kernel;

/// <summary>What follows an <see cref="ArpHeader"/> that asks for the Ethernet address of an IPv4 address.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
public struct ArpAddresses
{
    /// <summary>The sender's link address.</summary>
    public MacAddress SenderMac;

    /// <summary>The sender's address.</summary>
    public IPv4Address Sender;

    /// <summary>The link address that is asked for.</summary>
    public MacAddress TargetMac;

    /// <summary>The address that it is asked for.</summary>
    public IPv4Address Target;
}
