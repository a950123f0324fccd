// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;

namespace Ruche.Bpf.Kernel;

/// <summary>What an XDP program is given: <c>struct xdp_md</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
public readonly struct XdpContext
{
    private readonly uint _data;
    private readonly uint _dataEnd;
    private readonly uint _dataMeta;
    private readonly uint _ingressInterface;
    private readonly uint _receiveQueue;
    private readonly uint _egressInterface;

    /// <summary>The packet, from its first byte.</summary>
    public unsafe Packet Packet => new(PacketAddresses.Byte(_data), PacketAddresses.End(_dataEnd));

    /// <summary>The bytes in front of the packet that travel with it, see <see cref="Bpf.XdpAdjustMeta"/>.</summary>
    public unsafe Packet Metadata => new(PacketAddresses.Byte(_dataMeta), PacketAddresses.Byte(_data));

    /// <summary>The index of the network device that the packet came in by.</summary>
    public uint IngressInterface => _ingressInterface;

    /// <summary>The index of the device's receive queue.</summary>
    public uint ReceiveQueue => _receiveQueue;

    /// <summary>The index of the device that the packet leaves by, in programs of a device map (5.8).</summary>
    public uint EgressInterface => _egressInterface;
}
