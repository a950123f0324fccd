// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Kernel;

/// <summary>What happens to a TCP connection: <c>BPF_SOCK_OPS_…</c>.</summary>
public enum SockOpsEvent : uint
{
    /// <summary>Nothing.</summary>
    Void = 0,

    /// <summary>The answer is the first timeout, in ticks, or -1.</summary>
    TimeoutInitial = 1,

    /// <summary>The answer is the first receive window, in packets, or -1.</summary>
    ReceiveWindowInitial = 2,

    /// <summary>A connection is about to be opened.</summary>
    Connect = 3,

    /// <summary>A connection is open that this side has opened.</summary>
    ActiveEstablished = 4,

    /// <summary>A connection is open that the other side has opened.</summary>
    PassiveEstablished = 5,

    /// <summary>The answer says whether congestion is to be notified.</summary>
    NeedsEcn = 6,

    /// <summary>The answer is the shortest round trip there can be.</summary>
    BaseRoundTrip = 7,

    /// <summary>A timeout has passed.</summary>
    RetransmitTimeout = 8,

    /// <summary>A packet is sent again.</summary>
    Retransmit = 9,

    /// <summary>The state changes: from the first argument to the second.</summary>
    State = 10,

    /// <summary>A socket begins to listen.</summary>
    Listen = 11,

    /// <summary>A round trip was measured.</summary>
    RoundTrip = 12,

    /// <summary>A header with options has come in.</summary>
    ParseHeaderOptions = 13,

    /// <summary>Room for options can be reserved.</summary>
    HeaderOptionLength = 14,

    /// <summary>Options can be written.</summary>
    WriteHeaderOptions = 15,
}
