// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;

namespace Ruche.Bpf.Kernel;

/// <summary>What a flow dissector finds: <c>struct bpf_flow_keys</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
public struct FlowKeys
{
    /// <summary>Where the network header begins.</summary>
    public ushort NetworkOffset;

    /// <summary>Where the transport header begins.</summary>
    public ushort TransportOffset;

    private NetworkUInt16 _addressProtocol;

    /// <summary>Whether it is a fragment.</summary>
    public byte IsFragment;

    /// <summary>Whether it is the first.</summary>
    public byte IsFirstFragment;

    /// <summary>Whether there is a packet in it.</summary>
    public byte IsEncapsulated;

    /// <summary>The transport protocol.</summary>
    public IPProtocol Protocol;

    /// <summary>What follows the link header.</summary>
    public NetworkUInt16 EtherType;

    /// <summary>The sender's port.</summary>
    public NetworkUInt16 SourcePort;

    /// <summary>The receiver's port.</summary>
    public NetworkUInt16 DestinationPort;

    /// <summary>The sender's address.</summary>
    public IPv6Address SourceIPv6;

    /// <summary>The receiver's address.</summary>
    public IPv6Address DestinationIPv6;

    /// <summary>What the caller wants.</summary>
    public uint Flags;

    /// <summary>The IPv6 flow label.</summary>
    public NetworkUInt32 FlowLabel;

    /// <summary>Which addresses there are, see <see cref="Kernel.EtherType"/>; in the host's order.</summary>
    public ushort AddressProtocol
    {
        readonly get => _addressProtocol.NetworkOrder;
        set => _addressProtocol = NetworkUInt16.FromNetworkOrder(value);
    }

    /// <summary>The sender's address, when it is of IPv4.</summary>
    public IPv4Address SourceIPv4
    {
        readonly get => SourceIPv6.First;
        set => SourceIPv6.First = value;
    }

    /// <summary>The receiver's address, when it is of IPv4.</summary>
    public IPv4Address DestinationIPv4
    {
        readonly get => SourceIPv6.Second;
        set => SourceIPv6.Second = value;
    }
}
