// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;

namespace Ruche.Bpf.Kernel;

/// <summary>A TCP header without options: <c>struct tcphdr</c>.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
public struct TcpHeader
{
    /// <summary>The sender's port.</summary>
    public NetworkUInt16 Source;

    /// <summary>The receiver's port.</summary>
    public NetworkUInt16 Destination;

    /// <summary>The number of the first byte.</summary>
    public NetworkUInt32 Sequence;

    /// <summary>The number of the byte that the sender waits for.</summary>
    public NetworkUInt32 Acknowledgement;

    /// <summary>The header's length in words, in the upper half.</summary>
    public byte LengthAndReserved;

    /// <summary>What the packet is for.</summary>
    public TcpFlags Flags;

    /// <summary>How much the sender has room for.</summary>
    public NetworkUInt16 Window;

    /// <summary>The checksum of header, payload and addresses.</summary>
    public NetworkUInt16 Checksum;

    /// <summary>Where urgent data ends.</summary>
    public NetworkUInt16 UrgentPointer;

    /// <summary>How long the header is, options included.</summary>
    public readonly uint HeaderLength => ((uint)LengthAndReserved >> 4) * 4;

    /// <summary>Whether the sender has nothing more to send.</summary>
    public readonly bool IsFin => (Flags & TcpFlags.Fin) != 0;

    /// <summary>Whether a connection is opened.</summary>
    public readonly bool IsSyn => (Flags & TcpFlags.Syn) != 0;

    /// <summary>Whether the connection is broken off.</summary>
    public readonly bool IsReset => (Flags & TcpFlags.Reset) != 0;

    /// <summary>Whether something is acknowledged.</summary>
    public readonly bool IsAck => (Flags & TcpFlags.Ack) != 0;
}
