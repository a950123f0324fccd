// SPDX-License-Identifier: MIT
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Ruche.Bpf.Machine.Contexts;

/// <summary>The context of programs on socket buffers, <c>struct __sk_buff</c>. Addresses and lengths are filled in; what else is given counts.</summary>
[StructLayout(LayoutKind.Sequential)]
public struct SkBuff
{
    /// <summary>The length of the packet.</summary>
    public uint Len;

    /// <summary>Whom the packet is for (<c>PACKET_HOST</c> …).</summary>
    public uint PktType;

    /// <summary>The mark.</summary>
    public uint Mark;

    /// <summary>The queue.</summary>
    public uint QueueMapping;

    /// <summary>The protocol, in network byte order.</summary>
    public uint Protocol;

    /// <summary>Whether there is a VLAN tag beside the packet.</summary>
    public uint VlanPresent;

    /// <summary>That tag.</summary>
    public uint VlanTci;

    /// <summary>The protocol of that tag, in network byte order.</summary>
    public uint VlanProto;

    /// <summary>The priority.</summary>
    public uint Priority;

    /// <summary>The interface that the packet came in by.</summary>
    public uint IngressIfindex;

    /// <summary>The interface that the packet is at.</summary>
    public uint Ifindex;

    /// <summary>The traffic control index.</summary>
    public uint TcIndex;

    /// <summary>Five words that programs pass on to each other.</summary>
    public FiveWords Cb;

    /// <summary>The hash of the flow.</summary>
    public uint Hash;

    /// <summary>The class.</summary>
    public uint TcClassid;

    /// <summary>The address of the packet.</summary>
    public uint Data;

    /// <summary>The address behind the packet.</summary>
    public uint DataEnd;

    /// <summary>The device's poll number.</summary>
    public uint NapiId;

    /// <summary>The family of the socket.</summary>
    public uint Family;

    /// <summary>The other end's IPv4 address, in network byte order.</summary>
    public uint RemoteIp4;

    /// <summary>This end's IPv4 address, in network byte order.</summary>
    public uint LocalIp4;

    /// <summary>The other end's IPv6 address, in network byte order.</summary>
    public FourWords RemoteIp6;

    /// <summary>This end's IPv6 address, in network byte order.</summary>
    public FourWords LocalIp6;

    /// <summary>The other end's port, in network byte order.</summary>
    public uint RemotePort;

    /// <summary>This end's port, in host byte order.</summary>
    public uint LocalPort;

    /// <summary>The address of the metadata.</summary>
    public uint DataMeta;

    /// <summary>The address of the flow's keys.</summary>
    public ulong FlowKeys;

    /// <summary>The time stamp.</summary>
    public ulong Tstamp;

    /// <summary>The length on the wire.</summary>
    public uint WireLen;

    /// <summary>How many segments the packet will become.</summary>
    public uint GsoSegs;

    /// <summary>The address of the socket's <see cref="Sock"/>.</summary>
    public ulong Sk;

    /// <summary>The length of a segment.</summary>
    public uint GsoSize;

    /// <summary>What the time stamp is.</summary>
    public byte TstampType;

    /// <summary>The card's time stamp.</summary>
    public ulong Hwtstamp;

    /// <summary>Five words.</summary>
    [InlineArray(5)]
    public struct FiveWords
    {
        private uint _first;
    }
}
