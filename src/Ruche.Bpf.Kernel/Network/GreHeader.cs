// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;

namespace Ruche.Bpf.Kernel;

/// <summary>A GRE header without its optional fields: <c>struct gre_base_hdr</c>.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
public struct GreHeader
{
    /// <summary>Which optional fields there are: checksum (0x8000), key (0x2000), sequence (0x1000).</summary>
    public NetworkUInt16 Flags;

    /// <summary>What follows, see <see cref="EtherType"/>.</summary>
    public NetworkUInt16 Protocol;

    /// <summary>How long the header is with its optional fields.</summary>
    public readonly uint HeaderLength => 4 + Field(0x8000) + Field(0x2000) + Field(0x1000);

    private readonly uint Field(uint flag) => (Flags.Value & flag) != 0 ? 4u : 0;
}
