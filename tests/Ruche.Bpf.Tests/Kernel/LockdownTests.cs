// SPDX-License-Identifier: MIT
using Ruche.Bpf.Hooks;
using Ruche.Bpf.Links;
using Ruche.Bpf.Programs;
using Ruche.Bpf.Tests.Loading;

namespace Ruche.Bpf.Tests.Kernel;

/// <summary>What a kernel refuses that was started with lockdown=confidentiality, as one suite of the virtual machines is.</summary>
public sealed class LockdownTests : KernelTest
{
    private const string WayOut = "the kernel is locked down (confidentiality)";

    [Fact]
    public void A_program_that_reads_kernel_memory_is_refused()
    {
        const string Source = """
            SEC("raw_tp/sys_enter") int reads(void *ctx) { long word; bpf_probe_read_kernel(&word, sizeof(word), ctx); return 0; }
            """;
        TestObject.Read(Source);
        NeedsLockdown();
        using var reading = TestObject.Open(Source);

        var refusal = Assert.Throws<VerifierException>(() => reading.Load());

        Assert.Contains(WayOut, refusal.Message, StringComparison.Ordinal);
        Assert.Contains("boot with lockdown=none or lockdown=integrity", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_function_of_the_kernel_is_not_probed()
    {
        const string Source = """SEC("kprobe/do_nanosleep") int sees(void *ctx) { return 0; }""";
        TestObject.Read(Source);
        NeedsLockdown();
        using var probe = TestObject.Load(Source);

        var refusal = Assert.Throws<BpfException>(() => probe.Program("sees").AttachKprobe("do_nanosleep"));

        Assert.Equal(Errno.EPERM, refusal.Errno);
        Assert.StartsWith($"attach 'sees' to kernel function do_nanosleep: EPERM", refusal.Message, StringComparison.Ordinal);
        Assert.Contains(WayOut, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_program_that_only_counts_is_not_refused()
    {
        const string Source = """long hits; SEC("raw_tp/sys_enter") int counts(void *ctx) { hits++; return 0; }""";
        TestObject.Read(Source);
        NeedsLockdown();
        using var counter = TestObject.Load(Source);

        counter.Attach();
        _ = File.Exists("/proc/self");

        Assert.True(counter.Global<long>("hits").Value > 0);
    }

    private static void NeedsLockdown() =>
        Assert.SkipUnless(HostState.Read().Lockdown == "confidentiality", "this kernel is not locked down; kernel-6.12-lockdown is");
}
