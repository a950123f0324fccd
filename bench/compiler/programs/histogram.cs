// SPDX-License-Identifier: MIT
/// <summary>Counts packets by the logarithm of their length.</summary>
[BpfObject]
public static class Histogram
{
    [BpfMap(Name = "sizes", MaxEntries = 32)]
    private static readonly BpfArray<ulong> Sizes;

    [Xdp(Name = "histogram")]
    private static int Count(in XdpContext context)
    {
        uint slot = Log2((uint)context.Packet.Remaining);
        ref ulong count = ref Sizes.Lookup(slot);
        if (!Bpf.IsNull(ref count)) count++;
        return (int)slot;
    }

    private static uint Log2(uint value)
    {
        int result = (value > 0xffff ? 1 : 0) << 4;
        value >>= result;
        int shift = (value > 0xff ? 1 : 0) << 3;
        value >>= shift;
        result |= shift;
        shift = (value > 0xf ? 1 : 0) << 2;
        value >>= shift;
        result |= shift;
        shift = (value > 0x3 ? 1 : 0) << 1;
        value >>= shift;
        result |= shift;
        return (uint)result | value >> 1;
    }
}
