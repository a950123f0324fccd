// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;

namespace Ruche.Bpf.Netlink;

/// <summary>The fixed part of traffic control messages: <c>struct tcmsg</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct TrafficMessage
{
    public byte Family;
    public byte Padding1;
    public ushort Padding2;
    public int Index;
    public uint Handle;
    public uint Parent;
    public uint Info; // priority in the upper half, protocol in network order in the lower
}
