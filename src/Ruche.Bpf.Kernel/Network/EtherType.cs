// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Kernel;

/// <summary>What follows an Ethernet header.</summary>
public static class EtherType
{
    /// <summary>IPv4.</summary>
    public const ushort IPv4 = 0x0800;

    /// <summary>ARP.</summary>
    public const ushort Arp = 0x0806;

    /// <summary>An Ethernet packet, in a tunnel.</summary>
    public const ushort Ethernet = 0x6558;

    /// <summary>A VLAN tag, 802.1Q.</summary>
    public const ushort Vlan = 0x8100;

    /// <summary>IPv6.</summary>
    public const ushort IPv6 = 0x86dd;

    /// <summary>MPLS.</summary>
    public const ushort Mpls = 0x8847;

    /// <summary>An outer VLAN tag, 802.1ad.</summary>
    public const ushort ServiceVlan = 0x88a8;
}
