// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;
using Ruche.Bpf.Kernel.Lowering;

namespace Ruche.Bpf.Kernel;

/// <summary>A packet in the network stack: <c>struct __sk_buff</c>. Which fields can be read or set depends on the kind of program.</summary>
[StructLayout(LayoutKind.Sequential)]
public struct SkBuffContext
{
    /// <summary>How many bytes the packet has.</summary>
    public readonly uint Length;

    /// <summary>Whom it is for: this host (0), all (1), many (2), another (3), or it leaves (4).</summary>
    public readonly uint PacketType;

    /// <summary>The mark that routing and filters look at.</summary>
    public uint Mark;

    /// <summary>The device's queue.</summary>
    public uint QueueMapping;

    /// <summary>What follows the link header, see <see cref="EtherType"/>.</summary>
    public readonly NetworkUInt16 Protocol;

    private readonly ushort _protocolRest;

    /// <summary>Whether a VLAN tag stands beside the packet: 1, or 0.</summary>
    public readonly uint HasVlan;

    /// <summary>The VLAN tag beside the packet.</summary>
    public readonly uint VlanTag;

    /// <summary>The VLAN tag's protocol.</summary>
    public readonly NetworkUInt16 VlanProtocol;

    private readonly ushort _vlanProtocolRest;

    /// <summary>The priority in queues.</summary>
    public uint Priority;

    /// <summary>The device that it came in by.</summary>
    public readonly uint IngressInterface;

    /// <summary>The device that it is at.</summary>
    public readonly uint Interface;

    /// <summary>A number for classifiers.</summary>
    public uint TcIndex;

    /// <summary>Five words for programs of one packet to leave each other something.</summary>
    public ControlWords Control;

    /// <summary>A hash of addresses and ports, or 0.</summary>
    public readonly uint Hash;

    /// <summary>The class of traffic control.</summary>
    public uint TcClassId;

    private readonly uint _data;
    private readonly uint _dataEnd;

    /// <summary>Which receive queue of the host it came by.</summary>
    public readonly uint NapiId;

    /// <summary>The socket's address family.</summary>
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

    private readonly uint _dataMeta;
    private readonly ulong _flowKeys;

    /// <summary>When it was received, or is to leave, in nanoseconds.</summary>
    public ulong Timestamp;

    /// <summary>How many bytes it has on the wire, all segments counted.</summary>
    public readonly uint WireLength;

    /// <summary>How many segments it is to become.</summary>
    public readonly uint GsoSegments;

    private readonly ulong _socket;

    /// <summary>How large its segments are.</summary>
    public readonly uint GsoSize;

    /// <summary>Which clock <see cref="Timestamp"/> is of.</summary>
    public readonly byte TimestampType;

    /// <summary>When the device has received it.</summary>
    public readonly ulong HardwareTimestamp;

    /// <summary>The packet, from its first byte, as far as it can be read in place.</summary>
    public readonly unsafe Packet Packet => new(PacketAddresses.Byte(_data), PacketAddresses.End(_dataEnd));

    /// <summary>What an XDP program has left in front of the packet.</summary>
    public readonly unsafe Packet Metadata => new(PacketAddresses.Byte(_dataMeta), PacketAddresses.Byte(_data));

    /// <summary>What a flow dissector has found, or is to find.</summary>
    public readonly unsafe ref FlowKeys FlowKeys => ref *Addresses.Value<FlowKeys>(_flowKeys);

    /// <summary>The socket; a null reference when there is none.</summary>
    public readonly unsafe ref SockContext Socket => ref *Addresses.Object<SockContext>(_socket);
}
