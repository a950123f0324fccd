// SPDX-License-Identifier: MIT
// run 0102030405060708090a0b0c08004500002800000000400600000a0000010a00000200500051000000000000000050020000000000 = 1
// run 0102030405060708090a0b0c08004500002800000000401100000a0000010a00000200500051000000000000000050020000000000 = 2
// run 0102030405060708090a0b0c0800450000280000 = 2
// run 0102030405060708090a0b0c86dd4500002800000000400600000a0000010a00000200500051000000000000000050020000000000 = 2
[BpfObject]
public static class DropTcp
{
    [Xdp]
    public static XdpAction Filter(in XdpContext context)
    {
        var packet = context.Packet;
        if (!packet.TryRead(out EthernetHeader ethernet) || ethernet.Type != EtherType.IPv4) return XdpAction.Pass;
        if (!packet.TryRead(out IPv4Header ip)) return XdpAction.Pass;
        return ip.Protocol == IPProtocol.Tcp ? XdpAction.Drop : XdpAction.Pass;
    }
}
