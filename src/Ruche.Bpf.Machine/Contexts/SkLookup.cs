// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;

namespace Ruche.Bpf.Machine.Contexts;

/// <summary>The context of programs that choose a socket, <c>struct bpf_sk_lookup</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
public struct SkLookup
{
    /// <summary>The address of the chosen socket's <see cref="Sock"/>.</summary>
    public ulong Sk;

    /// <summary>The family.</summary>
    public uint Family;

    /// <summary>The protocol.</summary>
    public uint Protocol;

    /// <summary>The other end's IPv4 address, in network byte order.</summary>
    public uint RemoteIp4;

    /// <summary>The other end's IPv6 address, in network byte order.</summary>
    public FourWords RemoteIp6;

    /// <summary>The other end's port, in network byte order.</summary>
    public ushort RemotePort;

    /// <summary>This end's IPv4 address, in network byte order.</summary>
    public uint LocalIp4;

    /// <summary>This end's IPv6 address, in network byte order.</summary>
    public FourWords LocalIp6;

    /// <summary>This end's port, in host byte order.</summary>
    public uint LocalPort;

    /// <summary>The interface that the packet came in by.</summary>
    public uint IngressIfindex;
}
