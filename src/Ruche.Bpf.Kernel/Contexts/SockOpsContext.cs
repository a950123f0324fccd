// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;
using Ruche.Bpf.Kernel.Lowering;

namespace Ruche.Bpf.Kernel;

/// <summary>Something that happens to a TCP connection: <c>struct bpf_sock_ops</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
public struct SockOpsContext
{
    /// <summary>What happens.</summary>
    public readonly SockOpsEvent Event;

    /// <summary>What there is to know about it; the first word is also the program's answer.</summary>
    public SockOpsWords Arguments;

    /// <summary>The address family.</summary>
    public readonly uint Family;

    /// <summary>The other side's address.</summary>
    public readonly IPv4Address RemoteIPv4;

    /// <summary>This side's address.</summary>
    public readonly IPv4Address LocalIPv4;

    /// <summary>The other side's address.</summary>
    public readonly IPv6Address RemoteIPv6;

    /// <summary>This side's address.</summary>
    public readonly IPv6Address LocalIPv6;

    /// <summary>The other side's port.</summary>
    public readonly NetworkUInt32 RemotePort;

    /// <summary>This side's port.</summary>
    public readonly uint LocalPort;

    /// <summary>Whether the socket has all fields: 1, or 0 and most of what follows is 0.</summary>
    public readonly uint IsFullSocket;

    /// <summary>How many packets may be under way (congestion window).</summary>
    public readonly uint SendWindow;

    /// <summary>The smoothed round trip, in eighths of a microsecond.</summary>
    public readonly uint SmoothedRoundTrip;

    /// <summary>What else the program is called for, see <see cref="Bpf.SockOpsCbFlagsSet"/>.</summary>
    public readonly SockOpsCallbacks Callbacks;

    /// <summary>The state of the connection: <c>TCP_…</c>.</summary>
    public readonly uint State;

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

    /// <summary>The hash of its packets; a program can change it.</summary>
    public uint TransmitHash;

    /// <summary>Bytes received.</summary>
    public readonly ulong BytesReceived;

    /// <summary>Bytes acknowledged.</summary>
    public readonly ulong BytesAcknowledged;

    private readonly ulong _socket;
    private readonly ulong _data;
    private readonly ulong _dataEnd;

    /// <summary>How many bytes the packet has.</summary>
    public readonly uint PacketLength;

    /// <summary>The flags in the packet's TCP header.</summary>
    public readonly uint TcpFlags;

    /// <summary>When the device has received the packet.</summary>
    public readonly ulong HardwareTimestamp;

    /// <summary>The program's answer.</summary>
    public uint Reply
    {
        readonly get => Arguments[0];
        set => Arguments[0] = value;
    }

    /// <summary>The packet from its TCP header on, where there is one.</summary>
    public readonly unsafe Packet Packet => new(PacketAddresses.Byte(_data), PacketAddresses.End(_dataEnd));

    /// <summary>The socket; a null reference when there is none.</summary>
    public readonly unsafe ref SockContext Socket => ref *Addresses.Object<SockContext>(_socket);
}
