// SPDX-License-Identifier: MIT
/// <summary>The FNV-1a hash of the first bytes.</summary>
[BpfObject]
public static unsafe class Fnv
{
    private struct Start
    {
        public fixed byte Bytes[48];
    }

    [Xdp(Name = "fnv")]
    private static int Hash(in XdpContext context)
    {
        Packet packet = context.Packet;
        ref Start start = ref packet.Next<Start>();
        if (Bpf.IsNull(ref start)) return -1;
        ulong hash = 14695981039346656037;
        for (int i = 0; i < 48; i++)
        {
            hash ^= start.Bytes[i];
            hash *= 1099511628211;
        }

        return (int)(hash ^ hash >> 32);
    }
}
