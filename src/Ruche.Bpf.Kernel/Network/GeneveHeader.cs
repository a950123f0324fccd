// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;

namespace Ruche.Bpf.Kernel;

/// <summary>A Geneve header without options, behind a UDP header: <c>struct genevehdr</c>.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
public struct GeneveHeader
{
    /// <summary>The version in the upper two bits; the length of the options in words.</summary>
    public byte VersionAndLength;

    /// <summary>0x80: control; 0x40: there are options that must be understood.</summary>
    public byte Flags;

    /// <summary>What follows, see <see cref="EtherType"/>.</summary>
    public NetworkUInt16 Protocol;

    /// <summary>The network in the upper 24 bits.</summary>
    public NetworkUInt32 NetworkAndReserved;

    /// <summary>How long the options are.</summary>
    public readonly uint OptionsLength => (VersionAndLength & 0x3fu) * 4;

    /// <summary>The network.</summary>
    public readonly uint Network => NetworkAndReserved.Value >> 8;
}
