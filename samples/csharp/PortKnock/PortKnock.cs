// SPDX-License-Identifier: MIT
using Ruche.Bpf.Kernel;

namespace Samples;

/// <summary>
/// Keeps a port shut to everybody but those who have knocked at three others in the right order. Knocking is asking for a connection; nothing answers.
/// The ports may be set before the object is loaded.
/// </summary>
[BpfObject]
public static class PortKnock
{
    private static readonly ushort First = 7001;
    private static readonly ushort Second = 8002;
    private static readonly ushort Third = 9003;
    private static readonly ushort Guarded = 22;

    /// <summary>How long the port stays open to who has knocked; connections that exist stay.</summary>
    private static readonly ulong OpenNanoseconds = 30_000_000_000;

    [BpfMap(MaxEntries = 65536)]
    private static readonly BpfLruHashMap<IPv4Address, Visitor> Visitors = default;

    [Xdp]
    public static XdpAction Guard(in XdpContext context)
    {
        Packet packet = context.Packet;
        if (!packet.TryRead(out EthernetHeader ethernet) || ethernet.Type != EtherType.IPv4 || !packet.TryPeek(out IPv4Header ip)) return XdpAction.Pass;
        if (ip.Protocol != IPProtocol.Tcp || ip.IsLaterFragment || ip.HeaderLength < 20) return XdpAction.Pass;
        packet.Skip(ip.HeaderLength);
        if (!packet.TryRead(out TcpHeader tcp) || !tcp.IsSyn || tcp.IsAck) return XdpAction.Pass;
        ushort port = tcp.Destination;
        if (port == Guarded) return IsWelcome(ip.Source) ? XdpAction.Pass : XdpAction.Drop;
        return IsKnock(port, ip.Source) ? XdpAction.Drop : XdpAction.Pass;
    }

    private static bool IsWelcome(IPv4Address source)
    {
        ref Visitor visitor = ref Visitors.Lookup(in source);
        return !Bpf.IsNull(ref visitor) && Bpf.KtimeGetNs() < visitor.OpenUntil;
    }

    private static bool IsKnock(ushort port, IPv4Address source)
    {
        if (port != First && port != Second && port != Third) return false;
        ref Visitor visitor = ref Visitors.Lookup(in source);
        if (Bpf.IsNull(ref visitor))
        {
            if (port == First) Visitors.Update(in source, new() { Heard = 1 });
            return true;
        }

        // A wrong port means to begin again.
        if (port == First) visitor.Heard = 1;
        else if (port == Second && visitor.Heard == 1) visitor.Heard = 2;
        else if (port == Third && visitor.Heard == 2) visitor.OpenUntil = Bpf.KtimeGetNs() + OpenNanoseconds;
        else visitor.Heard = 0;
        return true;
    }
}

/// <summary>Somebody who knocks.</summary>
public struct Visitor
{
    /// <summary>Until when the guarded port is open, on the kernel's clock.</summary>
    public ulong OpenUntil;

    /// <summary>How many knocks were right so far.</summary>
    public ulong Heard;
}
