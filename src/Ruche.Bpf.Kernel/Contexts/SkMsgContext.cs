// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;
using Ruche.Bpf.Kernel.Lowering;

namespace Ruche.Bpf.Kernel;

/// <summary>A message that is sent through a socket of a socket map: <c>struct sk_msg_md</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
public struct SkMsgContext
{
    private readonly ulong _data;
    private readonly ulong _dataEnd;

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

    /// <summary>How many bytes the message has.</summary>
    public readonly uint Size;

    private readonly ulong _socket;

    /// <summary>The message, from its first byte, as far as it can be read in place.</summary>
    public readonly unsafe Packet Packet => new(PacketAddresses.Byte(_data), PacketAddresses.End(_dataEnd));

    /// <summary>The socket; a null reference when there is none.</summary>
    public readonly unsafe ref SockContext Socket => ref *Addresses.Object<SockContext>(_socket);
}
