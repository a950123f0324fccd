// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;

namespace Ruche.Bpf.Kernel;

/// <summary>A VXLAN header, behind a UDP header: <c>struct vxlanhdr</c>.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
public struct VxlanHeader
{
    /// <summary>0x08000000: there is a network.</summary>
    public NetworkUInt32 Flags;

    /// <summary>The network in the upper 24 bits.</summary>
    public NetworkUInt32 NetworkAndReserved;

    /// <summary>The network.</summary>
    public readonly uint Network => NetworkAndReserved.Value >> 8;
}
