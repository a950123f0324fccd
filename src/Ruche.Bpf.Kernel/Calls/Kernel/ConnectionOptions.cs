// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;

namespace Ruche.Bpf.Kernel;

/// <summary>Which tracked connection: <c>struct bpf_ct_opts</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
public struct ConnectionOptions
{
    /// <summary>The network namespace, or -1 for the packet's.</summary>
    public int NetworkNamespace;

    /// <summary>Why there is none.</summary>
    public readonly int Error;

    /// <summary>TCP or UDP.</summary>
    public IPProtocol Protocol;

    /// <summary>Then: whether the packet is of the opener (0) or the other (1).</summary>
    public readonly byte Direction;

    /// <summary>The zone of the connection (6.11).</summary>
    public ushort Zone;

    /// <summary>For which directions the zone is (6.11).</summary>
    public byte ZoneDirection;

    private byte _reserved0;
    private byte _reserved1;
    private byte _reserved2;
}
