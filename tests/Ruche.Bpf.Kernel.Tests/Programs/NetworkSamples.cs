// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Kernel.Tests.Programs;

/// <summary>Programs that see packets and sockets, as users write them: they compile, and that is what is tested.</summary>
[BpfObject(Name = "network")]
internal static unsafe class NetworkSamples
{
    [BpfMap(MaxEntries = 100)]
    private static readonly BpfLpmTrie<LpmKey<IPv4Address>, uint> Blocked = default;

    [BpfMap(MaxEntries = 8)]
    private static readonly BpfDevMap Devices = default;

    [BpfMap(MaxEntries = 8)]
    private static readonly BpfProgArray Programs = default;

    [BpfMap(MaxEntries = 8, InnerMaxEntries = 16)]
    private static readonly BpfHashOfMaps<uint, BpfArray<ulong>> PerDevice = default;

    [BpfMap(MaxEntries = 1024)]
    private static readonly BpfSockHash<SocketTupleIPv4> Sockets = default;

    [BpfMap(MaxEntries = 100)]
    private static readonly BpfQueue<uint> Waiting = default;

    [Xdp(HasFragments = true)]
    public static XdpAction Filter(in XdpContext context)
    {
        Packet packet = context.Packet;
        if (!packet.TryRead(out EthernetHeader ethernet)) return XdpAction.Drop;
        if (ethernet.Type != EtherType.IPv4) return XdpAction.Pass;
        ref IPv4Header ip = ref packet.Next<IPv4Header>();
        if (Bpf.IsNull(ref ip) || ip.HeaderLength < 20) return XdpAction.Drop;
        if (!Bpf.IsNull(ref Blocked.Lookup(new(32, ip.Source)))) return XdpAction.Drop;
        uint length = ip.HeaderLength;
        if (length < 20) return XdpAction.Drop;
        packet.Skip(length - 20);
        if (ip.Protocol == IPProtocol.Tcp && packet.TryPeek(out TcpHeader tcp) && tcp.IsSyn) return Devices.Redirect(1, XdpAction.Pass);
        NetworkUInt16 before = ip.Checksum;
        IPv4Address old = ip.Destination;
        ip.Destination = IPv4Address.Of(10, 0, 0, 1);
        ip.Checksum = Checksum.Replace(before, old, ip.Destination);
        Programs.TailCall(in context, 0);
        return XdpAction.Aborted;
    }

    [TcIngress]
    public static TcAction Classify(ref SkBuffContext packet)
    {
        packet.Mark = 7;
        packet.Control[0] = packet.Length;
        uint device = packet.Interface;
        if (PerDevice.TryLookup(in device, out BpfArray<ulong> counters))
        {
            ref ulong bytes = ref counters.Lookup(0);
            if (!Bpf.IsNull(ref bytes)) Interlocked.Add(ref bytes, packet.Length);
        }

        if (Bpf.SkbLoadBytes(ref packet, 14, out IPv4Header ip) == 0) Waiting.PushOver(ip.Source.Value);
        return Bpf.Redirect(2, 0) == 7 ? TcAction.Redirect : TcAction.Ok;
    }

    [CgroupConnect4]
    public static CgroupVerdict Connect(ref SockAddrContext address)
    {
        if (address.UserPort != 80) return CgroupVerdict.Allow;
        address.UserIPv4 = IPv4Address.Of(127, 0, 0, 1);
        address.UserPort = 8080;
        return address.Socket.Mark == 3 ? CgroupVerdict.Reject : CgroupVerdict.Allow;
    }

    [SockOps]
    public static int Operation(in SockOpsContext connection)
    {
        if (connection.Event is not SockOpsEvent.ActiveEstablished) return 0;
        SocketTupleIPv4 tuple = new()
        {
            Source = connection.RemoteIPv4,
            Destination = connection.LocalIPv4,
            SourcePort = (ushort)connection.RemotePort,
            DestinationPort = (ushort)connection.LocalPort,
        };
        Sockets.Update(in connection, in tuple);
        Bpf.SockOpsCbFlagsSet(in connection, (int)SockOpsCallbacks.State);
        return 1;
    }

    [SkMsg]
    public static SkAction Message(in SkMsgContext message)
    {
        SocketTupleIPv4 tuple = default;
        return message.Packet.Has(1) ? Sockets.Redirect(in message, in tuple) : SkAction.Pass;
    }
}
