// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;

namespace Ruche.Bpf.Machine.Contexts;

/// <summary>The context of programs on socket addresses (bind, connect, sendmsg …), <c>struct bpf_sock_addr</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
public struct SockAddr
{
    /// <summary>The family that the process gave.</summary>
    public uint UserFamily;

    /// <summary>The IPv4 address that the process gave, in network byte order.</summary>
    public uint UserIp4;

    /// <summary>The IPv6 address that the process gave, in network byte order.</summary>
    public FourWords UserIp6;

    /// <summary>The port that the process gave, in network byte order.</summary>
    public uint UserPort;

    /// <summary>The socket's family.</summary>
    public uint Family;

    /// <summary>The socket's type.</summary>
    public uint Type;

    /// <summary>The socket's protocol.</summary>
    public uint Protocol;

    /// <summary>The IPv4 source address of a message, in network byte order.</summary>
    public uint MsgSrcIp4;

    /// <summary>The IPv6 source address of a message, in network byte order.</summary>
    public FourWords MsgSrcIp6;

    /// <summary>The address of the socket's <see cref="Sock"/>.</summary>
    public ulong Sk;
}
