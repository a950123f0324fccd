// SPDX-License-Identifier: MIT
using System.Diagnostics;
using System.Globalization;
using Ruche.Bpf.Links;
using Ruche.Bpf.Netlink;
using Ruche.Bpf.Tests.Networking;

namespace Ruche.Bpf.Tests.Loading;

public sealed class KilledLoaderTests : KernelTest
{
    private const string Namespace = "RUCHE_TEST_NAMESPACE";
    private const string Report = "RUCHE_TEST_REPORT";

    private const string Source = """
        long seen;
        SEC("raw_tp/sys_enter") int raw(void *ctx) { seen++; return 0; }
        SEC("tracepoint/raw_syscalls/sys_enter") int formatted(void *ctx) { seen++; return 0; }
        SEC("uprobe/libc.so.6:getppid") int user(void *ctx) { seen++; return 0; }
        SEC("xdp") int packet(struct xdp_md *ctx) { return XDP_DROP; }
        SEC("tc/egress") int skb(struct __sk_buff *skb) { return 0; }
        SEC("sk_lookup") int lookup(struct bpf_sk_lookup *ctx) { return SK_PASS; }
        """;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    [Fact]
    public void Nothing_stays_attached_when_the_loader_is_killed()
    {
        using NetworkNamespaces spaces = new();
        string report = Path.Combine(Path.GetTempPath(), $"ruche-killed-{Environment.ProcessId}");
        Shell.Run("mkfifo", report);
        using var loader = Process.Start(Loader(spaces.Right, report))!;

        // Opening the pipe waits for the loader to be attached.
        uint[] links = [.. File.ReadAllLines(report).Select(line => uint.Parse(line, CultureInfo.InvariantCulture))];
        bool reachedBefore = spaces.Ping();
        loader.Kill();
        loader.WaitForExit();
        File.Delete(report);

        Assert.Equal(6, links.Length);
        Assert.False(reachedBefore);
        Assert.All(links, id => Assert.True(IsGone(id), $"link {id} is still there"));
        Assert.True(spaces.Ping());
        Assert.Equal(0u, spaces.Right.Run(() =>
        {
            using NetlinkSocket socket = new();
            return XdpNetlink.Query(socket, NetworkInterface.Find(spaces.Right.Interface).Index).AnyId;
        }));
    }

    [Fact(Explicit = true)]
    public void Holds_attachments_until_it_is_killed()
    {
        NetworkNamespace space = new(Path.GetFileName(Environment.GetEnvironmentVariable(Namespace)!), "veth1", System.Net.IPAddress.None);
        using var loaded = TestObject.Load(Source);
        var outcomes = space.Run(() => loaded.Attach(new() { Interface = space.Interface }));

        File.WriteAllLines(Environment.GetEnvironmentVariable(Report)!, outcomes.Select(o => $"{((KernelLink)o.Link!).GetInfo().Id}"));

        using ManualResetEventSlim never = new();
        Assert.False(never.Wait(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken));
    }

    private static ProcessStartInfo Loader(NetworkNamespace space, string report)
    {
        ProcessStartInfo start = new(Environment.ProcessPath!)
        {
            ArgumentList = { "--explicit", "only", "--filter-method", $"*{nameof(Holds_attachments_until_it_is_killed)}" },
            Environment = { [Namespace] = space.Path, [Report] = report },
            RedirectStandardOutput = true,
        };
        return start;
    }

    /// <summary>The kernel lets go of a killed process's descriptors a moment after it is gone.</summary>
    private static bool IsGone(uint id)
    {
        long started = Stopwatch.GetTimestamp();
        SpinWait spin = new();
        while (IsThere(id) && Stopwatch.GetElapsedTime(started) < Patience) spin.SpinOnce();
        return !IsThere(id);
    }

    private static bool IsThere(uint id) => BpfLink.EnumerateIds().Contains(id);
}
