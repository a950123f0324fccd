// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Kernel;

/// <summary>What becomes of a packet.</summary>
public enum XdpAction
{
    /// <summary>An error: it is dropped, and the trace point <c>xdp:xdp_exception</c> is hit.</summary>
    Aborted = 0,

    /// <summary>It is dropped.</summary>
    Drop = 1,

    /// <summary>It goes on to the network stack.</summary>
    Pass = 2,

    /// <summary>It is sent back through the device that it came from.</summary>
    Transmit = 3,

    /// <summary>It goes where a redirecting helper has said.</summary>
    Redirect = 4,
}
