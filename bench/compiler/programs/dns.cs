// SPDX-License-Identifier: MIT
/// <summary>Counts DNS questions by the hash of their name, whatever its case, and drops those for names that are too long.</summary>
[BpfObject]
public static class Dns
{
    private const int Longest = 64;

    private struct DnsHeader
    {
        public NetworkUInt16 Id, Flags, Questions, Answers, Authorities, Additional;
    }

    [BpfMap(Name = "names", MaxEntries = 1024)]
    private static readonly BpfHashMap<uint, ulong> Names;

    [Xdp(Name = "dns")]
    private static XdpAction Question(in XdpContext context)
    {
        Packet packet = context.Packet;
        if (!packet.TryRead(out EthernetHeader ethernet) || !packet.TryRead(out IPv4Header ip) || !packet.TryRead(out UdpHeader udp) || !packet.TryRead(out DnsHeader dns)) return XdpAction.Pass;
        if (ethernet.Type != EtherType.IPv4 || ip.HeaderLength != 20 || ip.Protocol != IPProtocol.Udp || udp.Destination != 53) return XdpAction.Pass;
        if ((dns.Flags & 0x8000) != 0 || dns.Questions != 1) return XdpAction.Pass;
        uint hash = 2166136261;
        for (int i = 0; i < Longest; i++)
        {
            if (!packet.TryRead(out byte letter)) return XdpAction.Drop;
            if (letter == 0)
            {
                ref ulong count = ref Names.Lookup(in hash);
                if (!Bpf.IsNull(ref count)) Interlocked.Increment(ref count);
                else Names.Update(in hash, 1);
                return XdpAction.Pass;
            }

            if (letter is >= (byte)'A' and <= (byte)'Z') letter |= 0x20;
            hash = (hash ^ letter) * 16777619;
        }

        return XdpAction.Drop;
    }
}
