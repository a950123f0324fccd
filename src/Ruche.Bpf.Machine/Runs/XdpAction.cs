// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Machine.Runs;

/// <summary>What becomes of a packet after an XDP program: <c>enum xdp_action</c>.</summary>
public enum XdpAction : uint
{
    /// <summary>Dropped, as after an error.</summary>
    Aborted = 0,

    /// <summary>Dropped.</summary>
    Drop = 1,

    /// <summary>Passed on to the system.</summary>
    Pass = 2,

    /// <summary>Sent back where it came from.</summary>
    Tx = 3,

    /// <summary>Sent elsewhere.</summary>
    Redirect = 4,
}
