// SPDX-License-Identifier: MIT
using System.Net;
using System.Net.Sockets;
using Ruche.Bpf.Links;
using Ruche.Bpf.Objects.Specs;
using Ruche.Bpf.Tests.Loading;

namespace Ruche.Bpf.Tests.Links;

public sealed class SocketTests : KernelTest
{
    [Fact]
    public void A_filter_on_a_socket_decides_what_it_receives()
    {
        using var filter = TestObject.Load("""SEC("socket") int nothing(struct __sk_buff *skb) { return 0; }""");
        using Socket receiver = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        using Socket sender = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        receiver.Bind(new IPEndPoint(IPAddress.Loopback, 0));

        using (filter.Program("nothing").AttachSocket(receiver)) sender.SendTo([1], receiver.LocalEndPoint!);
        bool filtered = receiver.Poll(0, SelectMode.SelectRead);
        sender.SendTo([2], receiver.LocalEndPoint!);
        byte[] received = new byte[8];
        int count = receiver.Receive(received);

        Assert.False(filtered);
        Assert.Equal(1, count);
        Assert.Equal(2, received[0]);
    }

    [Fact]
    public void A_message_program_sees_what_sockets_of_a_map_send()
    {
        const string Source = """
            struct { __uint(type, BPF_MAP_TYPE_SOCKMAP); __type(key, int); __type(value, __u64); __uint(max_entries, 1); } sockets SEC(".maps");
            long messages;
            SEC("sk_msg") int counts(struct sk_msg_md *msg) { messages++; return SK_PASS; }
            """;
        using var counter = TestObject.Load(Source);
        using Socket server = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        using Socket client = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        server.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        server.Listen();
        client.Connect(server.LocalEndPoint!);
        using var accepted = server.Accept();

        counter.Attach();
        counter.Map("sockets").Update(new byte[4], BitConverter.GetBytes((long)client.Handle));
        client.Send([1, 2, 3]);
        accepted.Receive(new byte[3]);

        Assert.Equal(AttachKind.SockMap, Assert.Single(counter.Links).Kind);
        Assert.Equal(1, counter.Global<long>("messages").Value);
        counter.Map("sockets").Delete(new byte[4]);
    }

    [Fact]
    public void An_iterator_writes_text()
    {
        const string Source = """
            struct seq_file;
            struct bpf_iter_meta { struct seq_file *seq; __u64 session_id; __u64 seq_num; } __attribute__((preserve_access_index));
            struct task_struct { int pid; int tgid; char comm[16]; } __attribute__((preserve_access_index));
            struct bpf_iter__task { struct bpf_iter_meta *meta; struct task_struct *task; } __attribute__((preserve_access_index));
            SEC("iter/task") int lists(struct bpf_iter__task *ctx)
            {
                struct task_struct *task = ctx->task;
                static const char format[] = "%d %s\n";
                if (!task)
                    return 0;
                __u64 arguments[] = { task->tgid, (__u64)(unsigned long)task->comm };
                bpf_seq_printf(ctx->meta->seq, format, sizeof(format), arguments, sizeof(arguments));
                return 0;
            }
            """;
        using var iterator = TestObject.Load(Source);

        string all = iterator.Program("lists").ReadIterator();
        Assert.Contains("1 ", all, StringComparison.Ordinal);
        Since(6, 1, "limiting an iterator to a process");
        string own = iterator.Program("lists").ReadIterator(pid: Environment.ProcessId);

        Assert.All(own.Split('\n', StringSplitOptions.RemoveEmptyEntries),
            line => Assert.StartsWith($"{Environment.ProcessId} ", line, StringComparison.Ordinal));
        Assert.NotEqual("", own);
    }
}
