// SPDX-License-Identifier: MIT
/// <summary>Checks the checksum of the IPv4 header, and answers with it.</summary>
[BpfObject]
public static unsafe class Checksums
{
    private struct Header
    {
        public fixed ushort Words[10];
    }

    [Xdp(Name = "checksum")]
    private static int Check(in XdpContext context)
    {
        Packet packet = context.Packet;
        packet.Skip((uint)sizeof(EthernetHeader));
        ref Header header = ref packet.Next<Header>();
        if (Bpf.IsNull(ref header)) return (int)XdpAction.Drop;
        uint sum = 0;
        for (int i = 0; i < 10; i++) sum += header.Words[i];
        sum = (sum & 0xffff) + (sum >> 16);
        sum = (sum & 0xffff) + (sum >> 16);
        return (ushort)~sum;
    }
}
