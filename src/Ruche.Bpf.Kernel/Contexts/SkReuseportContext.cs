// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;
using Ruche.Bpf.Kernel.Lowering;

namespace Ruche.Bpf.Kernel;

/// <summary>A choice among sockets that listen on one port: <c>struct sk_reuseport_md</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
public struct SkReuseportContext
{
    private readonly ulong _data;
    private readonly ulong _dataEnd;

    /// <summary>How many bytes the packet has.</summary>
    public readonly uint Length;

    /// <summary>What follows the link header, see <see cref="Kernel.EtherType"/>.</summary>
    public readonly NetworkUInt16 EtherType;

    private readonly ushort _etherTypeRest;

    /// <summary>The protocol.</summary>
    public readonly uint Protocol;

    /// <summary>Whether the sockets are bound to no address of their own: 1, or 0.</summary>
    public readonly uint IsBoundToAny;

    /// <summary>A hash of addresses and ports.</summary>
    public readonly uint Hash;

    private readonly ulong _socket;
    private readonly ulong _migratingSocket;

    /// <summary>The packet, from its transport header on, as far as it can be read in place.</summary>
    public readonly unsafe Packet Packet => new(PacketAddresses.Byte(_data), PacketAddresses.End(_dataEnd));

    /// <summary>The socket; a null reference when there is none.</summary>
    public readonly unsafe ref SockContext Socket => ref *Addresses.Object<SockContext>(_socket);

    /// <summary>The socket whose connection moves; a null reference when a new one is chosen for (5.14).</summary>
    public readonly unsafe ref SockContext MigratingSocket => ref *Addresses.Object<SockContext>(_migratingSocket);
}
