// SPDX-License-Identifier: MIT
using System.Net;
using System.Net.Sockets;
using Ruche.Bpf.Links;
using Ruche.Bpf.Objects.Specs;
using Ruche.Bpf.Tests.Loading;
using Ruche.Bpf.Tests.Networking;

namespace Ruche.Bpf.Tests.Links;

/// <summary>Programs on the sockets of a map, and on groups of sockets, with real traffic.</summary>
public sealed class SocketMapTests : KernelTest
{
    private const string Maps = """
        struct { __uint(type, BPF_MAP_TYPE_SOCKMAP); __type(key, int); __type(value, __u64); __uint(max_entries, 2); } sockets SEC(".maps");
        long seen;
        """;

    [Theory]
    [InlineData("sk_skb/stream_verdict")]
    [InlineData("sk_skb/verdict")]
    public void A_verdict_sends_what_one_socket_receives_to_another(string section)
    {
        string source = $$"""
            {{Maps}}
            SEC("{{section}}") int redirects(struct __sk_buff *skb) { seen++; return bpf_sk_redirect_map(skb, &sockets, 1, 0); }
            """;
        TestObject.Read(source);
        if (section.EndsWith("/verdict", StringComparison.Ordinal)) Since(5, 13, "verdicts without a parser");
        using var proxy = TestObject.Load(source);
        using Pair front = new(), back = new();

        proxy.Attach();
        Put(proxy.Map("sockets"), 0, front.Server);
        Put(proxy.Map("sockets"), 1, back.Server);
        front.Client.Send([1, 2, 3]);
        byte[] received = new byte[3];
        back.Client.ReceiveExactly(received);

        Assert.Equal([1, 2, 3], received);
        Assert.Equal(1, proxy.Global<long>("seen").Value);
        Assert.Equal(AttachKind.SockMap, Assert.Single(proxy.Links).Kind);
        Empty(proxy.Map("sockets"));
    }

    [Fact]
    public void A_parser_says_where_messages_end()
    {
        string source = $$"""
            {{Maps}}
            SEC("sk_skb/stream_parser") int parses(struct __sk_buff *skb) { return 4; }
            SEC("sk_skb/stream_verdict") int counts(struct __sk_buff *skb) { seen++; return SK_PASS; }
            """;
        TestObject.Read(source);
        Since(6, 1, "a kernel that does not lock up when it passes parsed messages on, as 5.10 does,");
        using var counter = TestObject.Load(source);
        using Pair pair = new();

        counter.Attach();
        Put(counter.Map("sockets"), 0, pair.Server);
        pair.Client.Send(new byte[12]);
        pair.Server.ReceiveExactly(new byte[12]);

        Assert.Equal(3, counter.Global<long>("seen").Value);
        counter.Map("sockets").Delete(new byte[4]);
    }

    [Fact]
    public void A_message_program_refuses_and_redirects()
    {
        string source = $$"""
            {{Maps}}
            SEC("sk_msg") int decides(struct sk_msg_md *msg)
            {
                char *first = msg->data;
                if ((void *)(first + 1) > msg->data_end)
                    return SK_PASS;
                seen++;
                return *first == 9 ? SK_DROP : bpf_msg_redirect_map(msg, &sockets, 1, BPF_F_INGRESS);
            }
            """;
        using var proxy = TestObject.Load(source);
        using Pair front = new(), back = new();

        proxy.Attach();
        Put(proxy.Map("sockets"), 0, front.Client);
        Put(proxy.Map("sockets"), 1, back.Server);
        front.Client.Send([5, 6]);
        byte[] received = new byte[2];
        back.Server.ReceiveExactly(received);

        // Last: the kernel keeps to a refusal.
        var refusal = Assert.Throws<SocketException>(() => front.Client.Send([9]));

        Assert.Equal(SocketError.AccessDenied, refusal.SocketErrorCode);
        Assert.Equal([5, 6], received);
        Assert.Equal(2, proxy.Global<long>("seen").Value);
        Empty(proxy.Map("sockets"));
    }

    [Fact]
    public void A_program_chooses_which_socket_of_a_group_receives()
    {
        const string Source = """
            struct { __uint(type, BPF_MAP_TYPE_REUSEPORT_SOCKARRAY); __type(key, int); __type(value, __u64); __uint(max_entries, 2); } group SEC(".maps");
            SEC("sk_reuseport") int chooses(struct sk_reuseport_md *ctx)
            {
                char first;
                int key;
                if (bpf_skb_load_bytes(ctx, 8, &first, 1))
                    return SK_DROP;
                key = first & 1;
                return bpf_sk_select_reuseport(ctx, &group, &key, 0) ? SK_DROP : SK_PASS;
            }
            """;
        using var chooser = TestObject.Load(Source);
        using var first = Member(0);
        using var second = Member(((IPEndPoint)first.LocalEndPoint!).Port);
        using Socket sender = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        Put(chooser.Map("group"), 0, first);
        Put(chooser.Map("group"), 1, second);

        using var link = chooser.Program("chooses").AttachSocket(first);
        for (byte i = 0; i < 4; i++) sender.SendTo([i], first.LocalEndPoint!);

        Assert.Equal([0, 2], Received(first));
        Assert.Equal([1, 3], Received(second));
        Assert.Equal("socket option", link.Mechanism);
    }

    private static Socket Member(int port)
    {
        Socket socket = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        socket.SetRawSocketOption(1, 15, BitConverter.GetBytes(1));
        socket.Bind(new IPEndPoint(IPAddress.Loopback, port));
        return socket;
    }

    private static byte[] Received(Socket socket)
    {
        byte[] buffer = new byte[1];
        List<byte> all = [];
        for (int i = 0; i < 2; i++)
        {
            socket.Receive(buffer);
            all.Add(buffer[0]);
        }

        return [.. all];
    }

    private static void Put(Ruche.Bpf.Maps.BpfMap map, int index, Socket socket) =>
        map.Update(BitConverter.GetBytes(index), BitConverter.GetBytes((long)socket.Handle));

    private static void Empty(Ruche.Bpf.Maps.BpfMap map)
    {
        for (int i = 0; i < 2; i++) map.Delete(BitConverter.GetBytes(i));
    }

    /// <summary>Two ends of a TCP connection.</summary>
    private sealed class Pair : IDisposable
    {
        public Pair()
        {
            using Socket listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
            listener.Listen();
            Client.Connect(listener.LocalEndPoint!);
            Server = listener.Accept();
        }

        public Socket Client { get; } = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };

        public Socket Server { get; }

        public void Dispose()
        {
            Client.Dispose();
            Server.Dispose();
        }
    }
}
