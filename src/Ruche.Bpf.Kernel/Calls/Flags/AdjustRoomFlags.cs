// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Kernel;

/// <summary>What room in a packet is for: <c>BPF_F_ADJ_ROOM_…</c>.</summary>
[Flags]
public enum AdjustRoomFlags : ulong
{
    /// <summary>Nothing in particular.</summary>
    None = 0,

    /// <summary>The size of segments stays as it is.</summary>
    FixedGso = 1,

    /// <summary>A new IPv4 header.</summary>
    EncapsulateIPv4 = 1 << 1,

    /// <summary>A new IPv6 header.</summary>
    EncapsulateIPv6 = 1 << 2,

    /// <summary>A new GRE header.</summary>
    EncapsulateGre = 1 << 3,

    /// <summary>A new UDP header.</summary>
    EncapsulateUdp = 1 << 4,

    /// <summary>The checksum stays known (5.8).</summary>
    NoChecksumReset = 1 << 5,

    /// <summary>A new Ethernet header (5.13).</summary>
    EncapsulateEthernet = 1 << 6,
}
