// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Kernel;

/// <summary>What a TCP packet is for.</summary>
[Flags]
public enum TcpFlags : byte
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>The sender has nothing more to send.</summary>
    Fin = 1,

    /// <summary>A connection is opened.</summary>
    Syn = 1 << 1,

    /// <summary>The connection is broken off.</summary>
    Reset = 1 << 2,

    /// <summary>The receiver is not to wait for more.</summary>
    Push = 1 << 3,

    /// <summary>Something is acknowledged.</summary>
    Ack = 1 << 4,

    /// <summary>There is urgent data.</summary>
    Urgent = 1 << 5,

    /// <summary>There was congestion on the way here.</summary>
    EcnEcho = 1 << 6,

    /// <summary>The sender has taken note of congestion.</summary>
    WindowReduced = 1 << 7,
}
