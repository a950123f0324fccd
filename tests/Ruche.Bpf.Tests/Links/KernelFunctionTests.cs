// SPDX-License-Identifier: MIT
using System.Net.Sockets;
using Ruche.Bpf.Links;
using Ruche.Bpf.Objects.Specs;
using Ruche.Bpf.Tests.Loading;

namespace Ruche.Bpf.Tests.Links;

/// <summary>Hooks of kernel functions. The development host has no kprobes and refuses fentry and LSM; other kernels run these.</summary>
public sealed class KernelFunctionTests : KernelFunctionTest
{
    private const string Kprobes = """
        int target_pid; long entries, returns;
        SEC("ksyscall/getpgid") int on_entry(void *ctx) { if (bpf_get_current_pid_tgid() >> 32 == target_pid) entries++; return 0; }
        SEC("kretsyscall/getpgid") int on_return(void *ctx) { if (bpf_get_current_pid_tgid() >> 32 == target_pid) returns++; return 0; }
        """;

    [Fact]
    public void Kprobes_see_entries_and_returns_of_a_system_call()
    {
        NeedsKprobes(Kprobes);
        using var probes = Load(Kprobes);

        probes.Attach();
        MakeSystemCalls();

        Assert.Equal([AttachKind.Kprobe, AttachKind.Kretprobe], probes.Links.Select(l => l.Kind).Order());
        Assert.Equal(20, probes.Global<long>("entries").Value);
        Assert.Equal(20, probes.Global<long>("returns").Value);
    }

    [Fact]
    public void Kprobes_work_through_tracefs_and_clean_up()
    {
        NeedsKprobes(Kprobes);
        using var probes = Load(Kprobes);
        string function = $"{KernelFunctions.SystemCallPrefix}sys_getpgid";

        var link = TracefsProbe.AttachKernel(probes.Program("on_entry"), function, 0, isReturn: false, 0, "attach");
        MakeSystemCalls();
        link.Dispose();

        Assert.Equal(20, probes.Global<long>("entries").Value);
        Assert.DoesNotContain("ruche", File.ReadAllText("/sys/kernel/tracing/kprobe_events"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_kernel_function_gets_suggestions()
    {
        NeedsKprobes(Kprobes);
        using var probes = Load(Kprobes);

        var refusal = Assert.Throws<BpfException>(() => probes.Program("on_entry").AttachKprobe("do_nanoslep"));

        Assert.Equal(Errno.ENOENT, refusal.Errno);
        Assert.Contains("do_nanosleep", refusal.Hint!, StringComparison.Ordinal);
    }

    [Fact]
    public void Fentry_and_fexit_see_a_system_call()
    {
        using var hooks = LoadHooks("""
            int target_pid; long entries, returns;
            SEC("fentry/__x64_sys_getpgid") int on_entry(void *ctx) { if (bpf_get_current_pid_tgid() >> 32 == target_pid) entries++; return 0; }
            SEC("fexit/__x64_sys_getpgid") int on_return(void *ctx) { if (bpf_get_current_pid_tgid() >> 32 == target_pid) returns++; return 0; }
            """);

        hooks.Attach();
        MakeSystemCalls();

        Assert.Equal([AttachKind.Fentry, AttachKind.Fexit], hooks.Links.Select(l => l.Kind).Order());
        Assert.Equal(20, hooks.Global<long>("entries").Value);
        Assert.Equal(20, hooks.Global<long>("returns").Value);
    }

    [Fact]
    public void A_security_hook_refuses_what_it_does_not_like()
    {
        using var hooks = LoadHooks("""
            int target_pid;
            SEC("lsm/socket_create") int refuses(unsigned long long *ctx)
            {
                return bpf_get_current_pid_tgid() >> 32 == target_pid && (int)ctx[0] == 2 ? -1 : 0;
            }
            """);

        hooks.Attach();
        var refused = Record.Exception(() =>
            new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp).Dispose());
        hooks.Links[0].Detach();

        Assert.IsType<SocketException>(refused);
    }

    [Fact]
    public void A_program_replaces_a_function_of_another()
    {
        using var target = TestObject.Load("""
            __attribute__((noinline)) int verdict(struct xdp_md *ctx) { volatile int pass = XDP_PASS; return pass; }
            SEC("xdp") int asks(struct xdp_md *ctx) { return verdict(ctx); }
            """);
        using var replacement = TestObject.Open("""SEC("freplace/verdict") int verdict_of_ours(struct xdp_md *ctx) { return XDP_DROP; }""");
        replacement.SetAttachTarget("verdict_of_ours", new("verdict", target.Program("asks")));
        SkipWhenRefused(() => replacement.Load());
        uint before = target.Program("asks").Run(new byte[64]).ReturnValue;

        SkipWhenRefused(() => replacement.Attach());
        uint during = target.Program("asks").Run(new byte[64]).ReturnValue;
        replacement.Dispose();
        uint after = target.Program("asks").Run(new byte[64]).ReturnValue;

        Assert.Equal((2u, 1u, 2u), (before, during, after));
    }

    [Fact]
    public void A_program_changes_what_a_function_returns()
    {
        using var hooks = LoadHooks("""
            int target_pid;
            SEC("fmod_ret/security_socket_create") int refuses(unsigned long long *ctx)
            {
                return bpf_get_current_pid_tgid() >> 32 == target_pid && (int)ctx[0] == 2 ? -13 : 0;
            }
            """);

        SkipWhenRefused(() => hooks.Attach());
        var kind = hooks.Links[0].Kind;
        var refused = Record.Exception(() => new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp).Dispose());
        hooks.Links[0].Detach();

        Assert.Equal(AttachKind.ModifyReturn, kind);
        Assert.IsType<SocketException>(refused);
    }

    [Fact]
    public void A_security_hook_minds_the_cgroup()
    {
        const string Source = """
            long seen; int target_pid;
            SEC("lsm_cgroup/socket_create") int counts(unsigned long long *ctx) { seen++; return 1; }
            """;
        TestObject.Read(Source);
        Since(6, 0, "security hooks of cgroups");
        if (Ruche.Bpf.Kernel.KernelFileSystems.Cgroup2() is not { } root)
        {
            Assert.Skip("cgroup v2 is not mounted");
            return;
        }

        using var hooks = LoadHooks(Source);

        SkipWhenRefused(() => hooks.Attach(new() { Cgroup = root }));
        new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp).Dispose();

        Assert.Equal(AttachKind.LsmCgroup, Assert.Single(hooks.Links).Kind);
        Assert.True(hooks.Global<long>("seen").Value > 0);
    }
}
