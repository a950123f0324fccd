// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Kernel;

/// <summary>What a program of a control group's connections is called for besides the usual.</summary>
[Flags]
public enum SockOpsCallbacks : uint
{
    /// <summary>Nothing else.</summary>
    None = 0,

    /// <summary>Timeouts.</summary>
    RetransmitTimeout = 1,

    /// <summary>Packets sent again.</summary>
    Retransmit = 1 << 1,

    /// <summary>Changes of the state.</summary>
    State = 1 << 2,

    /// <summary>Measured round trips (5.3).</summary>
    RoundTrip = 1 << 3,

    /// <summary>All headers that come in (5.10).</summary>
    ParseAllHeaders = 1 << 4,

    /// <summary>Headers with options that the kernel does not know (5.10).</summary>
    ParseUnknownOptions = 1 << 5,

    /// <summary>Headers that go out (5.10).</summary>
    WriteHeaderOptions = 1 << 6,
}
