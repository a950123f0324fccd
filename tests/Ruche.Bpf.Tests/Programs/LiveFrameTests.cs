// SPDX-License-Identifier: MIT
using Ruche.Bpf.Links;
using Ruche.Bpf.Netlink;
using Ruche.Bpf.Programs;
using Ruche.Bpf.Tests.Loading;
using Ruche.Bpf.Tests.Networking;

namespace Ruche.Bpf.Tests.Programs;

/// <summary>Runs on request that send real packets, and counters of real runs.</summary>
public sealed class LiveFrameTests : KernelTest
{
    private const string Source = """
        int target; long sent, received;
        SEC("xdp") int sends(struct xdp_md *ctx) { sent++; return bpf_redirect(target, 0); }
        SEC("xdp") int receives(struct xdp_md *ctx)
        {
            struct ethhdr *eth = (void *)(long)ctx->data;
            if ((void *)(eth + 1) <= (void *)(long)ctx->data_end && eth->h_proto == bpf_htons(0x88b5))
                __sync_fetch_and_add(&received, 1);
            return XDP_DROP;
        }
        """;

    [Fact]
    public void Packets_leave_through_an_interface_and_arrive_at_the_other_end()
    {
        const int Count = 200;
        TestObject.Read(Source);
        Since(5, 18, "live packets in test runs");
        using NetworkNamespaces spaces = new();
        using var loaded = TestObject.Load(Source);
        byte[] packet = new byte[64];
        packet.AsSpan(0, 6).Fill(0xff);
        (packet[12], packet[13]) = (0x88, 0xb5);
        using var receiver = spaces.Right.Run(() => loaded.Program("receives").AttachXdp(spaces.Right.Interface, XdpMode.Native));

        var run = spaces.Left.Run(() =>
        {
            loaded.Global<int>("target").Value = NetworkInterface.Find(spaces.Left.Interface).Index;
            return loaded.Program("sends").Run(packet, options: new ProgramRunOptions { Repeat = Count, LiveFrames = true, BatchSize = 32 });
        });
        bool arrived = SpinWait.SpinUntil(() => loaded.Global<long>("received").Value == Count, TimeSpan.FromSeconds(10));

        Assert.Equal(Count, loaded.Global<long>("sent").Value);
        Assert.True(arrived, $"only {loaded.Global<long>("received").Value} of {Count} arrived");
        Assert.Empty(run.Output);
    }

    [Fact]
    public void Only_xdp_programs_send_live_packets()
    {
        using var loaded = TestObject.Load("""SEC("tc") int passes(struct __sk_buff *skb) { return 0; }""");

        var refusal = Assert.Throws<BpfException>(() => loaded.Program("passes").Run(new byte[64], options: new() { LiveFrames = true }));

        Assert.Equal(Errno.EINVAL, refusal.Errno);
        Assert.Contains("cannot be run on such a packet, context or options", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Real_runs_are_counted_and_timed()
    {
        using var loaded = TestObject.Load("""long hits; SEC("raw_tp/sys_enter") int counts(void *ctx) { hits++; return 0; }""");
        loaded.Attach();

        using (RunStatistics.Enable()) Shell.Run("true");
        var info = loaded.Program("counts").GetInfo();

        Assert.True(info.RunCount > 10, $"{info.RunCount} runs");
        Assert.True(info.RunNanoseconds > 0);
        Assert.True(loaded.Global<long>("hits").Value >= (long)info.RunCount);
    }

    [Fact]
    public void A_run_is_repeated_and_timed()
    {
        using var loaded = TestObject.Load("""long hits; SEC("xdp") int counts(struct xdp_md *ctx) { hits++; return XDP_PASS; }""");

        var run = loaded.Program("counts").Run(new byte[64], options: new() { Repeat = 1000 });

        Assert.Equal(1000, loaded.Global<long>("hits").Value);
        Assert.True(run.Nanoseconds < 1_000_000);
    }
}
