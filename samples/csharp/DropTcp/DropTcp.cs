// SPDX-License-Identifier: MIT
using Ruche.Bpf.Kernel;

namespace Samples;

/// <summary>Drops every TCP packet that enters an interface, lets all others pass, and counts both by IP protocol.</summary>
[BpfObject]
public static class DropTcp
{
    /// <summary>Indexed by IP protocol: 1 is ICMP, 6 TCP, 17 UDP, 58 ICMP for IPv6; 0 stands for what is not IP. Each CPU counts for itself.</summary>
    [BpfMap(MaxEntries = 256)]
    private static readonly BpfPerCpuArray<Verdicts> ByProtocol = default;

    [Xdp]
    public static XdpAction Filter(in XdpContext context)
    {
        IPProtocol protocol = ProtocolOf(context.Packet);
        XdpAction action = protocol == IPProtocol.Tcp ? XdpAction.Drop : XdpAction.Pass;
        ref Verdicts verdicts = ref ByProtocol.Lookup((uint)protocol);
        if (!Bpf.IsNull(ref verdicts))
        {
            if (action == XdpAction.Drop) verdicts.Dropped++;
            else verdicts.Passed++;
        }

        return action;
    }

    // A filter that is not sure must not cut the line: what cannot be read as IP passes.
    private static IPProtocol ProtocolOf(Packet packet)
    {
        if (!packet.TryRead(out EthernetHeader ethernet)) return default;
        if (ethernet.Type == EtherType.IPv4) return packet.TryRead(out IPv4Header ip) ? ip.Protocol : default;
        if (ethernet.Type == EtherType.IPv6) return packet.TryRead(out IPv6Header ipv6) ? ipv6.NextHeader : default;
        return default;
    }
}

/// <summary>What became of the packets of one protocol.</summary>
public struct Verdicts
{
    public ulong Passed;
    public ulong Dropped;
}
