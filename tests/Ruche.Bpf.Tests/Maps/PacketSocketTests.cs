// SPDX-License-Identifier: MIT
using System.Net;
using System.Net.Sockets;
using System.Text;
using Ruche.Bpf.Links;
using Ruche.Bpf.Maps;
using Ruche.Bpf.Netlink;
using Ruche.Bpf.Tests.Loading;
using Ruche.Bpf.Tests.Networking;

namespace Ruche.Bpf.Tests.Maps;

/// <summary>Maps of AF_XDP sockets, which programs hand whole packets to.</summary>
public sealed class PacketSocketTests : KernelTest
{
    private const string Programs = """
        struct { __uint(type, BPF_MAP_TYPE_XSKMAP); __type(key, int); __type(value, int); __uint(max_entries, 2); } sockets SEC(".maps");
        SEC("xdp") int hands_over(struct xdp_md *ctx)
        {
            void *data = (void *)(long)ctx->data, *end = (void *)(long)ctx->data_end;
            struct ethhdr *ethernet = data;
            struct iphdr *ip = data + sizeof(*ethernet);
            if ((void *)(ip + 1) > end || ethernet->h_proto != bpf_htons(ETH_P_IP) || ip->protocol != IPPROTO_UDP)
                return XDP_PASS;
            return bpf_redirect_map(&sockets, ctx->rx_queue_index, XDP_PASS);
        }
        """;

    [Fact]
    public void A_program_hands_packets_to_a_socket_in_the_map()
    {
        using NetworkNamespaces spaces = new();
        using var loaded = TestObject.Load(Programs);
        BpfSocketMap<uint> sockets = new(loaded.Map("sockets"));
        using PacketSocket? socket = spaces.Right.Run(() => PacketSocket.TryOpen(NetworkInterface.Find(spaces.Right.Interface).Index));
        Assert.SkipWhen(socket is null, "this kernel has no AF_XDP sockets");

        sockets.Update(0, socket.Fd);
        using var link = spaces.Right.Run(() => loaded.Program("hands_over").AttachXdp(spaces.Right.Interface));
        Say("honey", spaces);
        byte[]? packet = socket.Receive(TimeSpan.FromSeconds(5));
        bool removed = sockets.Remove(0);
        Say("wax", spaces);
        byte[]? after = socket.Receive(TimeSpan.FromMilliseconds(100));

        Assert.NotNull(packet);
        Assert.EndsWith("honey", Encoding.ASCII.GetString(packet), StringComparison.Ordinal);
        Assert.True(removed);
        Assert.Null(after);
    }

    private static void Say(string word, NetworkNamespaces spaces) => spaces.Left.Run(() =>
    {
        using Socket talk = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        talk.SendTo(Encoding.ASCII.GetBytes(word), new IPEndPoint(spaces.Right.Address, 4711));
    });
}
