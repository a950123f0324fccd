// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Kernel;

/// <summary>What becomes of a packet of a route with encapsulation.</summary>
public enum LwtAction
{
    /// <summary>It goes on.</summary>
    Ok = 0,

    /// <summary>It is dropped.</summary>
    Drop = 2,

    /// <summary>It goes where a redirecting helper has said.</summary>
    Redirect = 7,

    /// <summary>The header has changed: a route is looked for again.</summary>
    Reroute = 128,
}
