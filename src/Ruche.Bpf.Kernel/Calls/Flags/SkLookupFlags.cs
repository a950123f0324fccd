// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Kernel;

/// <summary>How a search for a socket gets its answer.</summary>
[Flags]
public enum SkLookupFlags : ulong
{
    /// <summary>As usual.</summary>
    None = 0,

    /// <summary>An answer that is there already is replaced.</summary>
    Replace = 1,

    /// <summary>No other socket of the same port is chosen.</summary>
    NoReuseport = 2,
}
