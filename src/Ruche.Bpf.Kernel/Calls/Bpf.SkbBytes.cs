// SPDX-License-Identifier: MIT
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Ruche.Bpf.Kernel.Lowering;

namespace Ruche.Bpf.Kernel;

/// <content>The bytes of packets in the network stack.</content>
public static unsafe partial class Bpf
{
    /// <summary>Copies from the packet, wherever its bytes lie. Networking; 4.5.</summary>
    [Helper(26)]
    public static long SkbLoadBytes(ref readonly SkBuffContext skb, uint offset, void* to, uint len) => throw KernelOnly.Call;

    /// <summary>Copies from the packet, from the link header (0) or the network header (1) on. Networking; 4.18.</summary>
    [Helper(68)]
    public static long SkbLoadBytesRelative(ref readonly SkBuffContext skb, uint offset, void* to, uint len, uint startHeader) => throw KernelOnly.Call;

    /// <summary>
    /// Copies into the packet. Flag 1: the checksum is kept right, flag 2: the hash is found anew. Read the packet anew afterwards. Traffic control and
    /// others; 4.1.
    /// </summary>
    [Helper(9)]
    public static long SkbStoreBytes(ref readonly SkBuffContext skb, uint offset, void* from, uint len, ulong flags) => throw KernelOnly.Call;

    /// <summary>
    /// Brings so many bytes together, so that they can be read in place; 0: all. Read the packet anew afterwards. Traffic control and others; 4.9.
    /// </summary>
    [Helper(39)]
    public static long SkbPullData(ref readonly SkBuffContext skb, uint len) => throw KernelOnly.Call;

    /// <summary>
    /// Makes room to turn IPv4 into IPv6 or back; the headers are for the program to write. The protocol is in network order. Traffic control; 4.8.
    /// </summary>
    [Helper(31)]
    public static long SkbChangeProto(ref readonly SkBuffContext skb, ushort proto, ulong flags) => throw KernelOnly.Call;

    /// <summary>Changes whom the packet is for: this host (0), all (1), many (2), another (3). Traffic control; 4.8.</summary>
    [Helper(32)]
    public static long SkbChangeType(ref readonly SkBuffContext skb, uint type) => throw KernelOnly.Call;

    /// <summary>Sets the packet's length, to answer with an error for instance. Read the packet anew afterwards. Traffic control; 4.9.</summary>
    [Helper(38)]
    public static long SkbChangeTail(ref readonly SkBuffContext skb, uint len, ulong flags) => throw KernelOnly.Call;

    /// <summary>Makes room in front of the packet, for a link header. Read the packet anew afterwards. Traffic control and routes; 4.10.</summary>
    [Helper(43)]
    public static long SkbChangeHead(ref readonly SkBuffContext skb, uint len, ulong flags) => throw KernelOnly.Call;

    /// <summary>
    /// Makes room behind the network header (0) or the link header (1), or takes it away; see <see cref="AdjustRoomFlags"/>. Read the packet anew
    /// afterwards. Traffic control; 4.13.
    /// </summary>
    [Helper(50)]
    public static long SkbAdjustRoom(ref readonly SkBuffContext skb, int lenDiff, uint mode, ulong flags) => throw KernelOnly.Call;

    /// <summary>Puts a VLAN tag on the packet; the protocol is in network order. Read the packet anew afterwards. Traffic control; 4.3.</summary>
    [Helper(18)]
    public static long SkbVlanPush(ref readonly SkBuffContext skb, ushort vlanProto, ushort vlanTci) => throw KernelOnly.Call;

    /// <summary>Takes a VLAN tag off the packet. Read the packet anew afterwards. Traffic control; 4.3.</summary>
    [Helper(19)]
    public static long SkbVlanPop(ref readonly SkBuffContext skb) => throw KernelOnly.Call;

    /// <summary>Copies a value from the packet, wherever its bytes lie. Returns 0, or a negative error.</summary>
    public static long SkbLoadBytes<T>(ref readonly SkBuffContext skb, uint offset, out T value)
        where T : unmanaged
    {
        Unsafe.SkipInit(out value);
        fixed (T* to = &value) return SkbLoadBytes(in skb, offset, to, (uint)sizeof(T));
    }

    /// <summary>Copies bytes from the packet. Returns 0, or a negative error.</summary>
    public static long SkbLoadBytes(ref readonly SkBuffContext skb, uint offset, Span<byte> bytes)
    {
        fixed (byte* to = &MemoryMarshal.GetReference(bytes)) return SkbLoadBytes(in skb, offset, to, (uint)bytes.Length);
    }

    /// <summary>Copies a value into the packet. Returns 0, or a negative error.</summary>
    public static long SkbStoreBytes<T>(ref readonly SkBuffContext skb, uint offset, in T value, StoreFlags flags = StoreFlags.None)
        where T : unmanaged
    {
        fixed (T* from = &value) return SkbStoreBytes(in skb, offset, from, (uint)sizeof(T), (ulong)flags);
    }
}
