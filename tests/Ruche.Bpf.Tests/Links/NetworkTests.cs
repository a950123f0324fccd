// SPDX-License-Identifier: MIT
using System.Net;
using System.Net.Sockets;
using Ruche.Bpf.Links;
using Ruche.Bpf.Loading;
using Ruche.Bpf.Netlink;
using Ruche.Bpf.Objects.Specs;
using Ruche.Bpf.Objects.Uapi;
using Ruche.Bpf.Tests.Loading;
using Ruche.Bpf.Tests.Networking;

namespace Ruche.Bpf.Tests.Links;

public sealed class NetworkTests : KernelTest
{
    private const string XdpDrop = """
        long dropped;
        SEC("xdp") int drops_ping(struct xdp_md *ctx)
        {
            struct ethhdr *eth = (void *)(long)ctx->data;
            struct iphdr *ip = (void *)(eth + 1);
            if ((void *)(ip + 1) > (void *)(long)ctx->data_end || eth->h_proto != bpf_htons(ETH_P_IP) || ip->protocol != IPPROTO_ICMP)
                return XDP_PASS;
            dropped++;
            return XDP_DROP;
        }
        SEC("xdp") int passes(struct xdp_md *ctx) { return XDP_PASS; }
        """;

    private const string TcCount = """
        long packets;
        SEC("tc") int counts(struct __sk_buff *skb)
        {
            if (skb->protocol == bpf_htons(ETH_P_IP))
                packets++;
            return -1;
        }
        SEC("tc") int drops(struct __sk_buff *skb) { return skb->protocol == bpf_htons(ETH_P_IP) ? 2 : 0; }
        """;

    [Theory]
    [InlineData(XdpMode.Auto)]
    [InlineData(XdpMode.Native)]
    [InlineData(XdpMode.Generic)]
    public void Drops_real_packets_in_every_mode(XdpMode mode)
    {
        using NetworkNamespaces spaces = new();
        using var filter = TestObject.Load(XdpDrop);
        bool before = spaces.Ping();

        using (var link = spaces.Right.Run(() => filter.Program("drops_ping").AttachXdp(spaces.Right.Interface, mode)))
        {
            Assert.True(spaces.LosesPing());
            Assert.IsType<KernelLink>(link);
        }

        Assert.True(before);
        Assert.Equal(1, filter.Global<long>("dropped").Value);
        Assert.True(spaces.Ping());
    }

    [Fact]
    public void Drops_real_packets_when_attached_over_netlink()
    {
        using NetworkNamespaces spaces = new();
        using var filter = TestObject.Load(XdpDrop);

        var link = spaces.Right.Run(() => XdpAttachment.AttachOverNetlink(
            filter.Program("drops_ping"), NetworkInterface.Find(spaces.Right.Interface), XdpNetlink.GenericMode));
        bool lostWhileAttached = spaces.LosesPing();
        uint attached = AttachedXdp(spaces.Right);
        link.Replace(filter.Program("passes"));
        bool whileReplaced = spaces.Ping();
        link.Dispose();

        Assert.True(lostWhileAttached);
        Assert.Equal(filter.Program("drops_ping").Id, attached);
        Assert.True(whileReplaced);
        Assert.Equal(0u, AttachedXdp(spaces.Right));
        Assert.Equal("netlink", link.Mechanism);
    }

    [Fact]
    public void Replaces_a_program_in_place()
    {
        using NetworkNamespaces spaces = new();
        using var filter = TestObject.Load(XdpDrop);
        using var link = spaces.Right.Run(() => filter.Program("drops_ping").AttachXdp(spaces.Right.Interface));

        link.Replace(filter.Program("passes"));

        Assert.True(spaces.Ping());
        Assert.Equal(filter.Program("passes").Id, ((KernelLink)link).GetInfo().ProgramId);
    }

    [Fact]
    public void An_occupied_interface_names_the_program_and_the_way_out()
    {
        using NetworkNamespaces spaces = new();
        using var filter = TestObject.Load(XdpDrop);
        using var link = spaces.Right.Run(() => filter.Program("passes").AttachXdp(spaces.Right.Interface));

        var refusal = Assert.Throws<BpfException>(() => spaces.Right.Run(() => filter.Program("drops_ping").AttachXdp(spaces.Right.Interface)));

        Assert.Equal(Errno.EBUSY, refusal.Errno);
        Assert.Contains($"runs program {filter.Program("passes").Id} (native)", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("ip link set dev veth1 xdp off", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_interface_names_those_that_exist()
    {
        using NetworkNamespaces spaces = new();

        var refusal = Assert.Throws<BpfException>(() => spaces.Right.Run(() => NetworkInterface.Find("eth77")));

        Assert.Equal(Errno.ENODEV, refusal.Errno);
        Assert.Contains("lo, veth1", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(TcDirection.Ingress)]
    [InlineData(TcDirection.Egress)]
    public void Sees_packets_through_a_tcx_link(TcDirection direction)
    {
        Needs(Ruche.Bpf.Features.KernelFeatures.Tcx);
        using NetworkNamespaces spaces = new();
        using var counter = TestObject.Load(TcCount);

        using var link = spaces.Right.Run(() => counter.Program("counts").AttachTc(spaces.Right.Interface, direction));
        bool reached = spaces.Ping();

        Assert.True(reached);
        Assert.Equal("bpf link", link.Mechanism);
        Assert.Equal(direction is TcDirection.Ingress ? AttachKind.TcIngress : AttachKind.TcEgress, link.Kind);
        Assert.Equal(1, counter.Global<long>("packets").Value);
    }

    [Theory]
    [InlineData(TcDirection.Ingress)]
    [InlineData(TcDirection.Egress)]
    public void A_clsact_filter_works_and_is_removed_with_its_discipline(TcDirection direction)
    {
        using NetworkNamespaces spaces = new();
        using var filter = TestObject.Load(TcCount);

        var link = Classify(spaces.Right, filter, "drops", direction);
        bool lostWhileAttached = spaces.LosesPing();
        string listed = Disciplines(spaces.Right);
        link.Dispose();

        Assert.True(lostWhileAttached);
        Assert.Contains("clsact", listed, StringComparison.Ordinal);
        Assert.DoesNotContain("clsact", Disciplines(spaces.Right), StringComparison.Ordinal);
        Assert.True(spaces.Ping());
    }

    [Fact]
    public void A_discipline_of_somebody_else_stays()
    {
        using NetworkNamespaces spaces = new();
        using var filter = TestObject.Load(TcCount);
        Shell.Run("tc", "-n", spaces.Right.Name, "qdisc", "add", "dev", spaces.Right.Interface, "clsact");

        Classify(spaces.Right, filter, "counts", TcDirection.Ingress).Dispose();

        Assert.Contains("clsact", Disciplines(spaces.Right), StringComparison.Ordinal);
        Assert.Equal("", Shell.Run("tc", "-n", spaces.Right.Name, "filter", "show", "dev", spaces.Right.Interface, "ingress").Trim());
    }

    [Fact]
    public void A_discipline_of_ours_stays_while_others_use_it()
    {
        using NetworkNamespaces spaces = new();
        using var filter = TestObject.Load(TcCount);
        var first = Classify(spaces.Right, filter, "counts", TcDirection.Ingress);
        var second = Classify(spaces.Right, filter, "counts", TcDirection.Egress);

        first.Dispose();
        bool reached = spaces.Ping();
        second.Dispose();

        Assert.True(reached);
        Assert.Equal(1, filter.Global<long>("packets").Value);
    }

    [Fact]
    public void The_kernels_own_words_are_in_the_message()
    {
        using NetworkNamespaces spaces = new();

        var result = spaces.Right.Run(() =>
        {
            using NetlinkSocket socket = new();
            _ = ClassifierNetlink.AddClsact(socket, NetworkInterface.Find("lo").Index);
            return ClassifierNetlink.AddClsact(socket, NetworkInterface.Find("lo").Index);
        });
        var refusal = Assert.Throws<BpfException>(() => result.ThrowIfFailed("add clsact"));

        Assert.Equal(Errno.EEXIST, refusal.Errno);
        Assert.Contains("the kernel says: ", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Redirects_a_lookup_to_another_socket()
    {
        const string Source = """
            struct { __uint(type, BPF_MAP_TYPE_SOCKMAP); __type(key, int); __type(value, __u64); __uint(max_entries, 1); } target SEC(".maps");
            SEC("sk_lookup") int redirects(struct bpf_sk_lookup *ctx)
            {
                int key = 0;
                struct bpf_sock *sk;
                if (ctx->local_port != 7777)
                    return SK_PASS;
                sk = bpf_map_lookup_elem(&target, &key);
                if (!sk)
                    return SK_DROP;
                int error = bpf_sk_assign(ctx, sk, 0);
                bpf_sk_release(sk);
                return error ? SK_DROP : SK_PASS;
            }
            """;
        using NetworkNamespaces spaces = new();
        using var steering = TestObject.Load(Source);
        using var server = spaces.Right.Run(() => Listener(spaces.Right));
        Span<byte> descriptor = stackalloc byte[8];
        BitConverter.TryWriteBytes(descriptor, (long)server.Handle);
        steering.Map("target").Update(new byte[4], descriptor);

        using var link = steering.Program("redirects").AttachNetNamespace(spaces.Right.Path);
        using var client = spaces.Left.Run(() => Connect(spaces.Right.Address, 7777));
        using var accepted = server.Accept();

        Assert.Equal(AttachKind.NetNamespace, link.Kind);
        Assert.Equal(7777, ((IPEndPoint)accepted.LocalEndPoint!).Port);
        Assert.Equal(AttachType.SkLookup, link.GetInfo().AttachType);
    }

    [Fact]
    public void Drops_packets_in_netfilter()
    {
        const string Source = """
            struct bpf_nf_ctx;
            long seen;
            SEC("netfilter") int drops(struct bpf_nf_ctx *ctx) { seen++; return 0; }
            """;
        Since(6, 4, "programs for netfilter");
        using NetworkNamespaces spaces = new();
        using var filter = TestObject.Load(Source);

        using (spaces.Right.Run(() => filter.Program("drops").AttachNetfilter(new() { Hook = NetfilterHook.LocalIn })))
            Assert.True(spaces.LosesPing());

        Assert.True(filter.Global<long>("seen").Value > 0);
        Assert.True(spaces.Ping());
    }

    [Fact]
    public void Attaches_an_object_to_the_interface_that_is_given()
    {
        using NetworkNamespaces spaces = new();
        using var filter = TestObject.Load(XdpDrop.Replace("SEC(\"xdp\") int passes", "SEC(\"tc\") int passes", StringComparison.Ordinal)
            .Replace("struct xdp_md *ctx) { return XDP_PASS; }", "void *ctx) { return -1; }", StringComparison.Ordinal));

        var outcomes = spaces.Right.Run(() => filter.Attach(new AttachOptions { Interface = spaces.Right.Interface }));

        Assert.All(outcomes, outcome => Assert.True(outcome.IsAttached));
        Assert.Equal([AttachKind.Xdp, AttachKind.TcIngress], outcomes.Select(o => o.Link!.Kind).OrderBy(kind => kind is not AttachKind.Xdp));
        Assert.True(spaces.LosesPing());
    }

    private static BpfLink Classify(NetworkNamespace space, BpfObject filter, string program, TcDirection direction) =>
        space.Run(() => filter.Program(program).AttachClassifier(NetworkInterface.Find(space.Interface), direction));

    private static string Disciplines(NetworkNamespace space) => Shell.Run("tc", "-n", space.Name, "qdisc", "show", "dev", space.Interface);

    private static uint AttachedXdp(NetworkNamespace space) => space.Run(() =>
    {
        using NetlinkSocket socket = new();
        return XdpNetlink.Query(socket, NetworkInterface.Find(space.Interface).Index).AnyId;
    });

    private static Socket Listener(NetworkNamespace space)
    {
        Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(space.Address, 0));
        socket.Listen();
        return socket;
    }

    private static Socket Connect(IPAddress address, int port)
    {
        Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Connect(address, port);
        return socket;
    }
}
