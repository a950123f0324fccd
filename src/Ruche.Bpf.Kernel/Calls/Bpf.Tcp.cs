// SPDX-License-Identifier: MIT
using Ruche.Bpf.Kernel.Lowering;

namespace Ruche.Bpf.Kernel;

/// <content>TCP.</content>
public static unsafe partial class Bpf
{
    /// <summary>
    /// Says for what the program is to be called; see <see cref="SockOpsCallbacks"/>. Returns the flags that the kernel does not know. Sockops; 4.16.
    /// </summary>
    [Helper(59)]
    public static long SockOpsCbFlagsSet(ref readonly SockOpsContext bpfSock, int argval) => throw KernelOnly.Call;

    /// <summary>Looks for an option in the TCP header and copies it. Flag 1: in the first packet of the connection. Sockops; 5.10.</summary>
    [Helper(142)]
    public static long LoadHdrOpt(ref readonly SockOpsContext skops, void* searchbyRes, uint len, ulong flags) => throw KernelOnly.Call;

    /// <summary>Writes an option into the TCP header, in the room that was reserved. Sockops; 5.10.</summary>
    [Helper(143)]
    public static long StoreHdrOpt(ref readonly SockOpsContext skops, void* from, uint len, ulong flags) => throw KernelOnly.Call;

    /// <summary>Reserves room for an option in the TCP header. Sockops; 5.10.</summary>
    [Helper(144)]
    public static long ReserveHdrOpt(ref readonly SockOpsContext skops, uint len, ulong flags) => throw KernelOnly.Call;

    /// <summary>Sends an acknowledgement. Congestion controls; 5.6.</summary>
    [Helper(116)]
    public static long TcpSendAck<TSocket>(ref readonly TSocket tp, uint rcvNxt)
        where TSocket : unmanaged => throw KernelOnly.Call;

    /// <summary>Whether an acknowledgement carries a SYN cookie that is right: 0, or a negative error. XDP and traffic control; 5.2; GPL.</summary>
    [Helper(100)]
    public static long TcpCheckSyncookie<TSock>(ref readonly TSock sk, void* iph, uint iphLen, TcpHeader* th, uint thLen)
        where TSock : unmanaged => throw KernelOnly.Call;

    /// <summary>
    /// A SYN cookie for a packet that opens a connection, in the lower half; the upper has the segment size. XDP and traffic control; 5.4; GPL.
    /// </summary>
    [Helper(110)]
    public static long TcpGenSyncookie<TSock>(ref readonly TSock sk, void* iph, uint iphLen, TcpHeader* th, uint thLen)
        where TSock : unmanaged => throw KernelOnly.Call;

    /// <summary>A SYN cookie without a socket (IPv4). XDP and traffic control; 6.0; GPL.</summary>
    [Helper(204)]
    public static long TcpRawGenSyncookieIpv4(ref readonly IPv4Header iph, TcpHeader* th, uint thLen) => throw KernelOnly.Call;

    /// <summary>A SYN cookie without a socket (IPv6). XDP and traffic control; 6.0; GPL.</summary>
    [Helper(205)]
    public static long TcpRawGenSyncookieIpv6(ref readonly IPv6Header iph, TcpHeader* th, uint thLen) => throw KernelOnly.Call;

    /// <summary>Whether an acknowledgement carries a SYN cookie that is right (IPv4). XDP and traffic control; 6.0; GPL.</summary>
    [Helper(206)]
    public static long TcpRawCheckSyncookieIpv4(ref readonly IPv4Header iph, ref readonly TcpHeader th) => throw KernelOnly.Call;

    /// <summary>Whether an acknowledgement carries a SYN cookie that is right (IPv6). XDP and traffic control; 6.0; GPL.</summary>
    [Helper(207)]
    public static long TcpRawCheckSyncookieIpv6(ref readonly IPv6Header iph, ref readonly TcpHeader th) => throw KernelOnly.Call;

    /// <summary>Looks for an option in the TCP header and copies it, its kind and length first. Returns how long it is, or a negative error (5.10).</summary>
    public static long LoadHdrOpt<TOption>(ref readonly SockOpsContext skops, ref TOption option, ulong flags = 0)
        where TOption : unmanaged
    {
        fixed (TOption* at = &option) return LoadHdrOpt(in skops, at, (uint)sizeof(TOption), flags);
    }

    /// <summary>Writes an option into the TCP header, its kind and length first. Returns 0, or a negative error (5.10).</summary>
    public static long StoreHdrOpt<TOption>(ref readonly SockOpsContext skops, in TOption option)
        where TOption : unmanaged
    {
        fixed (TOption* from = &option) return StoreHdrOpt(in skops, from, (uint)sizeof(TOption), 0);
    }
}
