// SPDX-License-Identifier: MIT
using System.Net;
using System.Net.Sockets;
using Ruche.Bpf.Kernel;
using Ruche.Bpf.Links;
using Ruche.Bpf.Objects.Specs;
using Ruche.Bpf.Objects.Uapi;
using Ruche.Bpf.Tests.Loading;

namespace Ruche.Bpf.Tests.Links;

public sealed class CgroupTests : KernelTest, IDisposable
{
    private const string Redirect = """
        int seen_port;
        SEC("cgroup/connect4") int refuses(struct bpf_sock_addr *ctx)
        {
            seen_port = bpf_ntohs(ctx->user_port);
            return 0;
        }
        """;

    private readonly string _cgroup;

    public CgroupTests()
    {
        if (KernelFileSystems.Cgroup2() is not { } root)
        {
            Assert.Skip("cgroup v2 is not mounted");
            throw new InvalidOperationException();
        }

        _cgroup = Path.Combine(root, $"ruche-tests-{Environment.ProcessId}");
        Directory.CreateDirectory(_cgroup);
    }

    public void Dispose() => Directory.Delete(_cgroup);

    [Fact]
    public void Refuses_connections_of_the_processes_in_a_cgroup()
    {
        using var policy = TestObject.Load(Redirect);

        policy.Attach(new() { Cgroup = _cgroup });
        bool inside = ConnectFromCgroup(4711);

        Assert.False(inside);
        Assert.Equal(4711, policy.Global<int>("seen_port").Value);
        var link = Assert.IsType<KernelLink>(Assert.Single(policy.Links));
        Assert.Equal(AttachType.CgroupInet4Connect, link.GetInfo().AttachType);
    }

    [Fact]
    public void The_older_way_of_attaching_works_and_is_undone()
    {
        using var policy = TestObject.Load(Redirect);
        using (var cgroup = FileDescriptors.OpenDirectory(_cgroup, "open"))
        using (var link = CgroupAttachment.AttachProgram(policy.Program("refuses"), cgroup, _cgroup, AttachType.CgroupInet4Connect))
        {
            Assert.False(ConnectFromCgroup(4712));
            Assert.Equal(4712, policy.Global<int>("seen_port").Value);
            Assert.Equal("cgroup program", link.Mechanism);
            Assert.False(link.EndsWithProcess);
        }

        policy.Global<int>("seen_port").Value = 0;
        _ = ConnectFromCgroup(4713);

        Assert.Equal(0, policy.Global<int>("seen_port").Value);
    }

    [Fact]
    public void Counts_packets_and_connection_events()
    {
        const string Source = """
            long bytes, callbacks;
            SEC("cgroup_skb/egress") int counts(struct __sk_buff *skb) { __sync_fetch_and_add(&bytes, skb->len); return 1; }
            SEC("sockops") int notes(struct bpf_sock_ops *ops)
            {
                if (ops->op == BPF_SOCK_OPS_TCP_CONNECT_CB || ops->op == BPF_SOCK_OPS_ACTIVE_ESTABLISHED_CB)
                    __sync_fetch_and_add(&callbacks, 1);
                return 1;
            }
            """;
        using var counters = TestObject.Load(Source);
        using Socket server = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        server.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        server.Listen();

        counters.Attach(new() { Cgroup = _cgroup });
        bool connected = ConnectFromCgroup(((IPEndPoint)server.LocalEndPoint!).Port);

        Assert.True(connected);
        Assert.True(counters.Global<long>("bytes").Value > 40);
        Assert.Equal(2, counters.Global<long>("callbacks").Value);
        Assert.Equal(2, counters.Links.Count(l => l.Kind is AttachKind.Cgroup));
    }

    [Fact]
    public void A_directory_that_is_no_cgroup_is_explained()
    {
        using var policy = TestObject.Load(Redirect);

        var refusal = Assert.Throws<BpfException>(() => policy.Program("refuses").AttachCgroup("/tmp"));

        Assert.Equal(Errno.EBADF, refusal.Errno);
        Assert.Contains($"cgroup v2 is mounted at {KernelFileSystems.Cgroup2()}", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_cgroup_is_named()
    {
        using var policy = TestObject.Load(Redirect);

        var refusal = Assert.Throws<BpfException>(() => policy.Program("refuses").AttachCgroup("/sys/fs/cgroup/no-such"));

        Assert.Equal(Errno.ENOENT, refusal.Errno);
        Assert.Contains("'/sys/fs/cgroup/no-such' does not exist", refusal.Message, StringComparison.Ordinal);
    }

    /// <summary>Connects while this process is in the cgroup; whether that worked.</summary>
    private bool ConnectFromCgroup(int port)
    {
        string home = File.ReadLines("/proc/self/cgroup").First(line => line.StartsWith("0::", StringComparison.Ordinal))[3..];
        string id = Environment.ProcessId.ToString(System.Globalization.CultureInfo.InvariantCulture);
        File.WriteAllText(Path.Combine(_cgroup, "cgroup.procs"), id);
        try
        {
            // A socket belongs to the cgroup in which it was made.
            using Socket client = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            client.Connect(IPAddress.Loopback, port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
        finally
        {
            File.WriteAllText($"{KernelFileSystems.Cgroup2()}{home}/cgroup.procs", id);
        }
    }
}
