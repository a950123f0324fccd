// SPDX-License-Identifier: MIT
using System.Diagnostics;
using System.Net;
using Ruche.Bpf.Links;
using Ruche.Bpf.Tests.Networking;

namespace Ruche.Bpf.Tests.Loading;

/// <summary>A process of its own that attaches programs, says which links it holds, and waits to be killed.</summary>
internal static class AttachedLoader
{
    public const string Verb = "hold-attachments";

    private const string Source = """
        long seen;
        SEC("raw_tp/sys_enter") int raw(void *ctx) { seen++; return 0; }
        SEC("tracepoint/raw_syscalls/sys_enter") int formatted(void *ctx) { seen++; return 0; }
        SEC("uprobe/libc.so.6:getppid") int user(void *ctx) { seen++; return 0; }
        SEC("xdp") int packet(struct xdp_md *ctx) { return XDP_DROP; }
        SEC("tc/egress") int skb(struct __sk_buff *skb) { return 0; }
        SEC("sk_lookup") int lookup(struct bpf_sk_lookup *ctx) { return SK_PASS; }
        """;

    /// <summary>Starts the process; opening <paramref name="report"/>, a named pipe, waits until it is attached.</summary>
    public static Process Start(NetworkNamespace space, string report) =>
        Process.Start(new ProcessStartInfo(Environment.ProcessPath!) { ArgumentList = { Verb, space.Path, report } })!;

    /// <summary>Attaches, writes a line for each program (the id of its link, or what holds it instead), and waits.</summary>
    public static async Task<int> HoldAsync(string path, string report)
    {
        NetworkNamespace space = new(Path.GetFileName(path), "veth1", IPAddress.None);
        using var loaded = TestObject.Load(Source);
        var outcomes = space.Run(() => loaded.Attach(new() { Interface = space.Interface }));
        await File.WriteAllLinesAsync(report, outcomes.Select(o => o.Link is KernelLink link ? $"{link.GetInfo().Id}" : $"{o.Link}"));
        await Task.Delay(TimeSpan.FromMinutes(1));
        return 1;
    }
}
