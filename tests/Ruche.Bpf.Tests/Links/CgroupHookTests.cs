// SPDX-License-Identifier: MIT
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Ruche.Bpf.Kernel;
using Ruche.Bpf.Links;
using Ruche.Bpf.Tests.Loading;

namespace Ruche.Bpf.Tests.Links;

/// <summary>Every hook of cgroups, by what processes in the cgroup do.</summary>
public sealed class CgroupHookTests : KernelTest, IDisposable
{
    private const string Sockets = """
        long created, released, bound4, bound6, post4, post6, connect4, connect6, sent4, sent6, received4, received6, peer4, peer6, name4, name6;
        #define SEEN(counter) { __sync_fetch_and_add(&counter, 1); return 1; }
        SEC("cgroup/sock_create") int creates(struct bpf_sock *ctx) SEEN(created)
        SEC("cgroup/sock_release") int releases(struct bpf_sock *ctx) SEEN(released)
        SEC("cgroup/bind4") int binds4(struct bpf_sock_addr *ctx) SEEN(bound4)
        SEC("cgroup/bind6") int binds6(struct bpf_sock_addr *ctx) SEEN(bound6)
        SEC("cgroup/post_bind4") int posts4(struct bpf_sock *ctx) SEEN(post4)
        SEC("cgroup/post_bind6") int posts6(struct bpf_sock *ctx) SEEN(post6)
        SEC("cgroup/connect4") int connects4(struct bpf_sock_addr *ctx) SEEN(connect4)
        SEC("cgroup/connect6") int connects6(struct bpf_sock_addr *ctx) SEEN(connect6)
        SEC("cgroup/sendmsg4") int sends4(struct bpf_sock_addr *ctx) SEEN(sent4)
        SEC("cgroup/sendmsg6") int sends6(struct bpf_sock_addr *ctx) SEEN(sent6)
        SEC("cgroup/recvmsg4") int receives4(struct bpf_sock_addr *ctx) SEEN(received4)
        SEC("cgroup/recvmsg6") int receives6(struct bpf_sock_addr *ctx) SEEN(received6)
        SEC("cgroup/getpeername4") int peers4(struct bpf_sock_addr *ctx) SEEN(peer4)
        SEC("cgroup/getpeername6") int peers6(struct bpf_sock_addr *ctx) SEEN(peer6)
        SEC("cgroup/getsockname4") int names4(struct bpf_sock_addr *ctx) SEEN(name4)
        SEC("cgroup/getsockname6") int names6(struct bpf_sock_addr *ctx) SEEN(name6)
        """;

    private readonly string _cgroup;

    public CgroupHookTests()
    {
        if (KernelFileSystems.Cgroup2() is not { } root)
        {
            Assert.Skip("cgroup v2 is not mounted");
            throw new InvalidOperationException();
        }

        _cgroup = Path.Combine(root, $"ruche-hooks-{Environment.ProcessId}");
        Directory.CreateDirectory(_cgroup);
    }

    public void Dispose() => Directory.Delete(_cgroup);

    [Fact]
    public void Programs_see_the_life_of_sockets_of_both_families()
    {
        using var hooks = TestObject.Load(Sockets);

        hooks.Attach(new() { Cgroup = _cgroup });
        InCgroup(() =>
        {
            Exchange(IPAddress.Loopback);
            Exchange(IPAddress.IPv6Loopback);
        });

        Assert.Equal(16, hooks.Links.Count);
        Assert.All(hooks.Spec.Globals.Keys.Where(name => name != "LICENSE"), name =>
            Assert.True(hooks.Global<long>(name).Value > 0, $"nothing reached '{name}'"));
    }

    [Fact]
    public void A_program_answers_for_socket_options()
    {
        const string Source = """
            long seen;
            SEC("cgroup/setsockopt") int sets(struct bpf_sockopt *ctx) { if (ctx->level == 6 && ctx->optname == 1) return 0; return 1; }
            SEC("cgroup/getsockopt") int gets(struct bpf_sockopt *ctx)
            {
                int *value = ctx->optval;
                if (ctx->level != 1 || ctx->optname != 8 || (void *)(value + 1) > ctx->optval_end)
                    return 1;
                seen++;
                *value = 4242;
                ctx->retval = 0;
                return 1;
            }
            """;
        using var hooks = TestObject.Load(Source);
        hooks.Attach(new() { Cgroup = _cgroup });

        InCgroup(() =>
        {
            using Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            var refusal = Assert.Throws<SocketException>(() => socket.NoDelay = true);
            Assert.Equal(SocketError.AccessDenied, refusal.SocketErrorCode);
            byte[] size = new byte[sizeof(int)];
            socket.GetRawSocketOption(1, 8, size);
            Assert.Equal(4242, BitConverter.ToInt32(size));
        });

        Assert.Equal(1, hooks.Global<long>("seen").Value);
    }

    [Fact]
    public void A_program_sees_and_refuses_sysctls()
    {
        const string Source = """
            long reads;
            SEC("cgroup/sysctl") int decides(struct bpf_sysctl *ctx)
            {
                if (ctx->write)
                    return 0;
                __sync_fetch_and_add(&reads, 1);
                return 1;
            }
            """;
        const string Setting = "/proc/sys/net/ipv4/ip_default_ttl";
        using var hooks = TestObject.Load(Source);
        hooks.Attach(new() { Cgroup = _cgroup });
        string value = "";

        Exception? refused = null;
        InCgroup(() =>
        {
            value = File.ReadAllText(Setting);
            refused = Record.Exception(() => File.WriteAllText(Setting, value));
        });

        Assert.Equal(value, File.ReadAllText(Setting));
        Assert.True(refused is UnauthorizedAccessException or IOException, $"{refused}");
        Assert.True(hooks.Global<long>("reads").Value > 0);
    }

    [Fact]
    public void A_program_decides_over_devices()
    {
        const string Source = """
            SEC("cgroup/dev") int decides(struct bpf_cgroup_dev_ctx *ctx) { return !(ctx->major == 1 && ctx->minor == 7); }
            """;
        using var hooks = TestObject.Load(Source);
        hooks.Attach(new() { Cgroup = _cgroup });
        Exception? refused = null, allowed = null;

        InCgroup(() =>
        {
            refused = Record.Exception(() => File.OpenRead("/dev/full").Dispose());
            allowed = Record.Exception(() => File.OpenRead("/dev/zero").Dispose());
        });

        Assert.IsType<UnauthorizedAccessException>(refused);
        Assert.Null(allowed);
    }

    [Fact]
    public void Packets_are_counted_in_both_directions()
    {
        const string Source = """
            long in, out;
            SEC("cgroup_skb/ingress") int comes(struct __sk_buff *skb) { __sync_fetch_and_add(&in, 1); return 1; }
            SEC("cgroup_skb/egress") int goes(struct __sk_buff *skb) { __sync_fetch_and_add(&out, 1); return 1; }
            """;
        using var hooks = TestObject.Load(Source);
        hooks.Attach(new() { Cgroup = _cgroup });

        InCgroup(() => Exchange(IPAddress.Loopback));

        Assert.True(hooks.Global<long>("in").Value >= 2);
        Assert.True(hooks.Global<long>("out").Value >= 2);
    }

    [Fact]
    public void Sockets_of_the_file_system_have_hooks_too()
    {
        const string Source = """
            long seen;
            SEC("cgroup/connect_unix") int connects(struct bpf_sock_addr *ctx) { __sync_fetch_and_add(&seen, 1); return 1; }
            """;
        TestObject.Read(Source);
        Since(6, 7, "hooks of UNIX sockets");
        using var hooks = TestObject.Load(Source);
        hooks.Attach(new() { Cgroup = _cgroup });
        string path = Path.Combine(Path.GetTempPath(), $"ruche-{Environment.ProcessId}.socket");

        InCgroup(() =>
        {
            using Socket server = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            using Socket client = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            server.Bind(new UnixDomainSocketEndPoint(path));
            server.Listen();
            client.Connect(new UnixDomainSocketEndPoint(path));
        });
        File.Delete(path);

        Assert.Equal(1, hooks.Global<long>("seen").Value);
    }

    [Fact]
    public void A_directory_of_the_first_version_is_told_apart()
    {
        const string First = "/sys/fs/cgroup/pids";
        using var hooks = TestObject.Load("""SEC("cgroup/connect4") int passes(struct bpf_sock_addr *ctx) { return 1; }""");
        Assert.SkipUnless(Directory.Exists(First), "no cgroup v1 hierarchy is mounted");

        var refusal = Assert.Throws<BpfException>(() => hooks.Program("passes").AttachCgroup(First));

        Assert.Equal(Errno.EBADF, refusal.Errno);
        Assert.Contains($"cgroup v2 is mounted at {KernelFileSystems.Cgroup2()}", refusal.Message, StringComparison.Ordinal);
    }

    /// <summary>A UDP message and its answer, with connected and unconnected sockets.</summary>
    private static void Exchange(IPAddress address)
    {
        using Socket server = new(address.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
        using Socket client = new(address.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
        server.Bind(new IPEndPoint(address, 0));
        client.SendTo([1], server.LocalEndPoint!);
        EndPoint sender = new IPEndPoint(address, 0);
        server.ReceiveFrom(new byte[1], ref sender);
        server.SendTo([2], sender);
        client.ReceiveFrom(new byte[1], ref sender);
        client.Connect(server.LocalEndPoint!);
        _ = client.RemoteEndPoint;
        client.Send([3]);
        server.Receive(new byte[1]);
    }

    /// <summary>Runs while this process is in the cgroup.</summary>
    private void InCgroup(Action action)
    {
        string home = File.ReadLines("/proc/self/cgroup").First(line => line.StartsWith("0::", StringComparison.Ordinal))[3..];
        string id = Environment.ProcessId.ToString(CultureInfo.InvariantCulture);
        File.WriteAllText(Path.Combine(_cgroup, "cgroup.procs"), id);
        try
        {
            action();
        }
        finally
        {
            File.WriteAllText($"{KernelFileSystems.Cgroup2()}{home}/cgroup.procs", id);
        }
    }
}
