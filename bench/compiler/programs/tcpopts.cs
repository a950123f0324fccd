// SPDX-License-Identifier: MIT
/// <summary>The largest segment that a SYN allows, out of the options of TCP.</summary>
[BpfObject]
public static class TcpOptions
{
    private const uint Most = 40;

    private struct Option
    {
        public byte Kind, Length;
        public NetworkUInt16 Value;
    }

    [Xdp(Name = "tcpopts")]
    private static int FindSegmentSize(in XdpContext context)
    {
        Packet packet = context.Packet;
        if (!packet.TryRead(out EthernetHeader ethernet) || !packet.TryRead(out IPv4Header ip) || !packet.TryRead(out TcpHeader tcp)) return 0;
        if (ethernet.Type != EtherType.IPv4 || ip.HeaderLength != 20 || ip.Protocol != IPProtocol.Tcp || !tcp.IsSyn) return 0;
        uint at = 0, length = tcp.HeaderLength - 20;
        for (int i = 0; i < Most; i++)
        {
            if (at >= length || at >= Most) break;
            if (!packet.TryPeek(at, out Option option) || option.Kind == 0) break;
            if (option.Kind == 1)
            {
                at++;
                continue;
            }

            if (option.Kind == 2) return option.Value;
            if (option.Length < 2) break;
            at += option.Length;
        }

        return 536;
    }
}
