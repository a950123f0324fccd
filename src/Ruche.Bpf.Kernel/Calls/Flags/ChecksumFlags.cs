// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Kernel;

/// <summary>How a transport checksum is corrected. The lowest four bits are the size: 0, 2 or 4.</summary>
[Flags]
public enum ChecksumFlags : ulong
{
    /// <summary>As usual.</summary>
    None = 0,

    /// <summary>The change is in the pseudo header.</summary>
    PseudoHeader = 1 << 4,

    /// <summary>For UDP: a checksum of zero means that there is none, and stays; one that comes out as zero is written as ones.</summary>
    KeepZero = 1 << 5,

    /// <summary>A checksum of zero is corrected all the same.</summary>
    Enforce = 1 << 6,

    /// <summary>It is for IPv6.</summary>
    IPv6 = 1 << 7,
}
