// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Kernel;

/// <summary>What is done besides writing into a packet.</summary>
[Flags]
public enum StoreFlags : ulong
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>The checksum of the whole is kept right.</summary>
    RecomputeChecksum = 1,

    /// <summary>The hash is forgotten.</summary>
    InvalidateHash = 2,
}
