// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Kernel;

/// <summary>How a route is looked for: <c>BPF_FIB_LOOKUP_…</c>.</summary>
[Flags]
public enum FibLookupFlags : uint
{
    /// <summary>As for a packet that came in.</summary>
    None = 0,

    /// <summary>In the device's table, without rules.</summary>
    Direct = 1,

    /// <summary>As for a packet of this host.</summary>
    Output = 1 << 1,

    /// <summary>Without link addresses (6.3).</summary>
    SkipNeighbor = 1 << 2,

    /// <summary>In a table that is given (6.5).</summary>
    Table = 1 << 3,

    /// <summary>And the source address is found (6.7).</summary>
    Source = 1 << 4,
}
