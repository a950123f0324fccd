// SPDX-License-Identifier: MIT
// run 0102030405060708090a0b0c08004500002800000000401100000a0000010a00000200500051000000000000000050020000000000 = 2
[BpfObject]
public static class RateLimit
{
    private static readonly ulong Threshold = 1000;

    [BpfMap(MaxEntries = 65536)] static readonly BpfHashMap<NetworkUInt32, ulong> Sources = default;

    [Xdp]
    public static XdpAction Filter(in XdpContext context)
    {
        if (!TryReadSource(context.Packet, out var source)) return XdpAction.Pass;
        ref ulong count = ref Sources.Lookup(source);
        if (Bpf.IsNull(ref count))
        {
            Sources.Update(source, 1);
            return XdpAction.Pass;
        }

        Interlocked.Increment(ref count);
        return count > Threshold ? XdpAction.Drop : XdpAction.Pass;
    }

    private static bool TryReadSource(Packet packet, out NetworkUInt32 source)
    {
        source = default;
        if (!packet.TryRead(out EthernetHeader ethernet) || ethernet.Type != EtherType.IPv4) return false;
        if (!packet.TryRead(out IPv4Header ip)) return false;
        source = ip.Source;
        return true;
    }
}
