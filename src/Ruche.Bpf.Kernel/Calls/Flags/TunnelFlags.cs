// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Kernel;

/// <summary>How a packet goes through a tunnel.</summary>
[Flags]
public enum TunnelFlags : ulong
{
    /// <summary>As usual.</summary>
    None = 0,

    /// <summary>The tunnel is of IPv6.</summary>
    IPv6 = 1,

    /// <summary>Without a UDP checksum.</summary>
    ZeroChecksum = 1 << 1,

    /// <summary>The packet must not be cut.</summary>
    DontFragment = 1 << 2,

    /// <summary>Packets are numbered.</summary>
    SequenceNumber = 1 << 3,

    /// <summary>The key has flags of the tunnel (6.1).</summary>
    Flags = 1 << 4,
}
