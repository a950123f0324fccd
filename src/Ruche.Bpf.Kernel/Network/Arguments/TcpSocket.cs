// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;

namespace Ruche.Bpf.Kernel;

/// <summary>What is known of a TCP connection: <c>struct bpf_tcp_sock</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
public readonly struct TcpSocket
{
    /// <summary>How many packets may be under way (congestion window).</summary>
    public readonly uint SendWindow;

    /// <summary>The smoothed round trip, in eighths of a microsecond.</summary>
    public readonly uint SmoothedRoundTrip;

    /// <summary>The shortest round trip, in microseconds.</summary>
    public readonly uint LeastRoundTrip;

    /// <summary>Where slow start ends.</summary>
    public readonly uint SlowStartThreshold;

    /// <summary>The number of the next byte to receive.</summary>
    public readonly uint ReceiveNext;

    /// <summary>The number of the next byte to send.</summary>
    public readonly uint SendNext;

    /// <summary>The number of the first byte that is not acknowledged.</summary>
    public readonly uint SendUnacknowledged;

    /// <summary>How large a segment is.</summary>
    public readonly uint SegmentSize;

    /// <summary>The state of explicit congestion notification.</summary>
    public readonly uint EcnFlags;

    /// <summary>Packets delivered in the last interval.</summary>
    public readonly uint DeliveredForRate;

    /// <summary>That interval, in microseconds.</summary>
    public readonly uint RateInterval;

    /// <summary>Packets under way.</summary>
    public readonly uint PacketsOut;

    /// <summary>Packets under way again.</summary>
    public readonly uint RetransmitsOut;

    /// <summary>How often anything was sent again.</summary>
    public readonly uint Retransmits;

    /// <summary>Segments received.</summary>
    public readonly uint SegmentsIn;

    /// <summary>Segments with data received.</summary>
    public readonly uint DataSegmentsIn;

    /// <summary>Segments sent.</summary>
    public readonly uint SegmentsOut;

    /// <summary>Segments with data sent.</summary>
    public readonly uint DataSegmentsOut;

    /// <summary>Packets taken for lost.</summary>
    public readonly uint LostOut;

    /// <summary>Packets acknowledged out of order.</summary>
    public readonly uint SelectivelyAcknowledged;

    /// <summary>Bytes received.</summary>
    public readonly ulong BytesReceived;

    /// <summary>Bytes acknowledged.</summary>
    public readonly ulong BytesAcknowledged;

    /// <summary>Packets that the other side got twice (5.3).</summary>
    public readonly uint DuplicatesReceived;

    /// <summary>Packets delivered (5.3).</summary>
    public readonly uint Delivered;

    /// <summary>Packets delivered with a mark of congestion (5.3).</summary>
    public readonly uint DeliveredMarked;

    /// <summary>Timeouts in a row (5.3).</summary>
    public readonly uint RetransmitTimeouts;
}
