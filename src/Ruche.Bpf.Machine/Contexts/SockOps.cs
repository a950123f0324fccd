// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;

namespace Ruche.Bpf.Machine.Contexts;

/// <summary>The context of programs on the life of sockets, <c>struct bpf_sock_ops</c>: the fields that programs ask for most.</summary>
[StructLayout(LayoutKind.Explicit, Size = 224)]
public struct SockOps
{
    /// <summary>What happens (<c>BPF_SOCK_OPS_…</c>).</summary>
    [FieldOffset(0)]
    public uint Op;

    /// <summary>What the program answers.</summary>
    [FieldOffset(4)]
    public uint Reply;

    /// <summary>The arguments of what happens; the answer takes the place of the first.</summary>
    [FieldOffset(4)]
    public FourWords Args;

    /// <summary>The family.</summary>
    [FieldOffset(20)]
    public uint Family;

    /// <summary>The other end's IPv4 address, in network byte order.</summary>
    [FieldOffset(24)]
    public uint RemoteIp4;

    /// <summary>This end's IPv4 address, in network byte order.</summary>
    [FieldOffset(28)]
    public uint LocalIp4;

    /// <summary>The other end's IPv6 address, in network byte order.</summary>
    [FieldOffset(32)]
    public FourWords RemoteIp6;

    /// <summary>This end's IPv6 address, in network byte order.</summary>
    [FieldOffset(48)]
    public FourWords LocalIp6;

    /// <summary>The other end's port, in network byte order.</summary>
    [FieldOffset(64)]
    public uint RemotePort;

    /// <summary>This end's port, in host byte order.</summary>
    [FieldOffset(68)]
    public uint LocalPort;

    /// <summary>Whether there is all of a socket.</summary>
    [FieldOffset(72)]
    public uint IsFullsock;

    /// <summary>The congestion window.</summary>
    [FieldOffset(76)]
    public uint SndCwnd;

    /// <summary>The round-trip time, in eighths of a microsecond.</summary>
    [FieldOffset(80)]
    public uint SrttUs;

    /// <summary>What the program wants to hear of (<c>bpf_sock_ops_cb_flags_set</c>).</summary>
    [FieldOffset(84)]
    public uint CbFlags;

    /// <summary>The state (<c>BPF_TCP_…</c>).</summary>
    [FieldOffset(88)]
    public uint State;

    /// <summary>The address of the socket's <see cref="Sock"/>.</summary>
    [FieldOffset(184)]
    public ulong Sk;
}
