// SPDX-License-Identifier: MIT
using Ruche.Bpf.Features;
using Ruche.Bpf.Links;
using Ruche.Bpf.Objects.Specs;
using Ruche.Bpf.Tests.Loading;

namespace Ruche.Bpf.Tests.Links;

/// <summary>One program at many functions of the kernel.</summary>
public sealed class ManyFunctionsTests : KernelFunctionTest
{
    private const string Kprobes = """
        int target_pid; long entries;
        SEC("kprobe.multi/__x64_sys_getpgi?") int on_entry(void *ctx) { if (bpf_get_current_pid_tgid() >> 32 == target_pid) entries++; return 0; }
        """;

    private const string Tracing = """
        int target_pid; long entries, returns, both;
        SEC("fentry.multi/__x64_sys_getpgi?") int on_entry(void *ctx) { if (bpf_get_current_pid_tgid() >> 32 == target_pid) entries++; return 0; }
        SEC("fexit.multi/__x64_sys_getpgi?") int on_return(void *ctx) { if (bpf_get_current_pid_tgid() >> 32 == target_pid) returns++; return 0; }
        SEC("fsession.multi/__x64_sys_getpgi?") int on_both(void *ctx) { if (bpf_get_current_pid_tgid() >> 32 == target_pid) both++; return 0; }
        """;

    [Fact]
    public void Every_function_of_a_pattern_is_probed_by_one_link_or_one_probe_each()
    {
        NeedsKprobes(Kprobes);
        using var probes = Load(Kprobes);

        probes.Attach();
        MakeSystemCalls();

        Assert.Equal(KernelFeatures.KprobeMulti.Ask() is Support.Yes, Assert.Single(probes.Links) is KernelLink);
        Assert.Equal(20, probes.Global<long>("entries").Value);
    }

    [Fact]
    public void Every_function_of_a_list_is_probed_by_one_link_or_one_probe_each()
    {
        NeedsKprobes(Kprobes);
        using var probes = Load(Kprobes);

        using var link = probes.Program("on_entry").AttachKprobes(["__x64_sys_getpgid", "__x64_sys_getsid"]);
        MakeSystemCalls();

        Assert.Equal(KernelFeatures.KprobeMulti.Ask() is Support.Yes, link is KernelLink);
        Assert.Equal("2 functions", link.Target);
        Assert.Equal(20, probes.Global<long>("entries").Value);
    }

    [Fact]
    public void A_list_with_a_function_that_is_missing_is_refused()
    {
        NeedsKprobes(Kprobes);
        using var probes = Load(Kprobes);

        var refusal = Assert.Throws<BpfException>(() => probes.Program("on_entry").AttachKprobes(["__x64_sys_getpgid", "ruche_no_such_function"]));

        Assert.Contains("the kernel has no", refusal.Hint!, StringComparison.Ordinal);
    }

    [Fact]
    public void Entries_and_returns_of_a_pattern_are_traced_by_one_link_each()
    {
        TestObject.Read(Tracing);
        Since(7, 2, "tracing many functions by one link");
        using var hooks = LoadHooks(Tracing);

        hooks.Attach();
        MakeSystemCalls();

        Assert.Equal([AttachKind.FentryMulti, AttachKind.FexitMulti, AttachKind.FunctionSessionMulti], hooks.Links.Select(l => l.Kind).Order());
        Assert.Equal((20L, 20L), (hooks.Global<long>("entries").Value, hooks.Global<long>("returns").Value));
        Assert.Equal(40, hooks.Global<long>("both").Value);
    }

    [Fact]
    public void A_kernel_that_cannot_trace_many_functions_at_once_says_what_can()
    {
        const string Source = """SEC("fentry.multi/__x64_sys_getpgi?") int on_entry(void *ctx) { return 0; }""";
        TestObject.Read(Source);
        Assert.SkipWhen(KernelVersion.Current >= new Version(7, 2), "this kernel can");
        using var hooks = TestObject.Open(Source);

        var refusal = Assert.ThrowsAny<BpfException>(() => hooks.Load());

        Assert.SkipWhen(refusal.Errno is Errno.EPERM, refusal.Message);
        Assert.Contains("came with Linux 7.2; use kprobe.multi", refusal.Message, StringComparison.Ordinal);
    }
}
