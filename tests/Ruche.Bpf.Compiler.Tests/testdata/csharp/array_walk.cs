// SPDX-License-Identifier: MIT
// run 0102030405060708090a0b0c0800 = 112
// run 0102030405060708090a0b0c08000000000000000000 = 176
[BpfObject]
public static class ArrayWalk
{
    [BpfMap(MaxEntries = 8)] static readonly BpfArray<uint> Lengths = default;
    [BpfMap(MaxEntries = 3)] static readonly BpfPerCpuArray<uint> Seen = default;

    // Every entry is set, and all are added up.
    [Xdp]
    public static uint Filter(in XdpContext packet)
    {
        uint sum = 0;
        foreach (ref uint length in Lengths)
        {
            length = (uint)packet.Packet.Remaining;
            sum += length;
        }

        foreach (ref uint seen in Seen) seen++;
        return sum;
    }
}
