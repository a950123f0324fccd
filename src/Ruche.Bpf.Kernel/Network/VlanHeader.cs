// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;

namespace Ruche.Bpf.Kernel;

/// <summary>A VLAN tag, behind an Ethernet header whose type is <see cref="EtherType.Vlan"/>: <c>struct vlan_hdr</c>.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
public struct VlanHeader
{
    /// <summary>The priority in the upper three bits, the network in the lower twelve.</summary>
    public NetworkUInt16 Tag;

    /// <summary>What follows, see <see cref="EtherType"/>.</summary>
    public NetworkUInt16 Type;

    /// <summary>The network.</summary>
    public readonly uint Id => Tag.Value & 0xfffu;

    /// <summary>The priority.</summary>
    public readonly uint Priority => (uint)Tag.Value >> 13;
}
