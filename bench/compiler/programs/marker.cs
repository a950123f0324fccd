// SPDX-License-Identifier: MIT
/// <summary>Marks packets by where they go, for routing and queues.</summary>
[BpfObject]
public static unsafe class Marker
{
    private struct Rule
    {
        public uint Mark, Priority;
    }

    [BpfMap(MaxEntries = 256)]
    private static readonly BpfHashMap<uint, Rule> Rules;

    [Tc(Name = "marker")]
    private static TcAction Mark(ref SkBuffContext packet)
    {
        if (packet.Protocol != EtherType.IPv4 || Bpf.SkbLoadBytes(ref packet, (uint)sizeof(EthernetHeader), out IPv4Header ip) != 0) return TcAction.Ok;
        ref Rule rule = ref Rules.Lookup(((uint)ip.Protocol << 8) | ip.TypeOfService);
        if (!Bpf.IsNull(ref rule))
        {
            packet.Mark = rule.Mark;
            packet.Priority = rule.Priority;
            packet.Control[0] = ip.TimeToLive;
            return TcAction.Pipe;
        }

        packet.Mark = packet.Length > 1000 ? 2u : 1;
        return ip.TimeToLive <= 1 ? TcAction.Shot : TcAction.Ok;
    }
}
