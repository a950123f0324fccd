// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;

namespace Ruche.Bpf.Machine.Contexts;

/// <summary>A socket as programs see it, <c>struct bpf_sock</c>: the context of programs on its creation, and what <c>sk</c> fields point to.</summary>
[StructLayout(LayoutKind.Sequential)]
public struct Sock
{
    /// <summary>The interface that it is bound to.</summary>
    public uint BoundDevIf;

    /// <summary>The family.</summary>
    public uint Family;

    /// <summary>The type.</summary>
    public uint Type;

    /// <summary>The protocol.</summary>
    public uint Protocol;

    /// <summary>The mark.</summary>
    public uint Mark;

    /// <summary>The priority.</summary>
    public uint Priority;

    /// <summary>This end's IPv4 address, in network byte order.</summary>
    public uint SrcIp4;

    /// <summary>This end's IPv6 address, in network byte order.</summary>
    public FourWords SrcIp6;

    /// <summary>This end's port, in host byte order.</summary>
    public uint SrcPort;

    /// <summary>The other end's port, in network byte order.</summary>
    public ushort DstPort;

    /// <summary>The other end's IPv4 address, in network byte order.</summary>
    public uint DstIp4;

    /// <summary>The other end's IPv6 address, in network byte order.</summary>
    public FourWords DstIp6;

    /// <summary>The state (<c>BPF_TCP_…</c>).</summary>
    public uint State;

    /// <summary>The queue that the last packet came in by.</summary>
    public int RxQueueMapping;
}
