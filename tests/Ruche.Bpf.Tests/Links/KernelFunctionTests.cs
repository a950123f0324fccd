// SPDX-License-Identifier: MIT
using System.Net.Sockets;
using Ruche.Bpf.Features;
using Ruche.Bpf.Links;
using Ruche.Bpf.Loading;
using Ruche.Bpf.Objects.Specs;
using Ruche.Bpf.Tests.Loading;

namespace Ruche.Bpf.Tests.Links;

/// <summary>Hooks of kernel functions. The development host has no kprobes and refuses fentry and LSM; other kernels run these.</summary>
public sealed class KernelFunctionTests : KernelTest
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
    public void Every_function_of_a_pattern_is_probed_by_one_link_or_one_probe_each()
    {
        const string Source = """
            int target_pid; long entries;
            SEC("kprobe.multi/__x64_sys_getpgi?") int on_entry(void *ctx) { if (bpf_get_current_pid_tgid() >> 32 == target_pid) entries++; return 0; }
            """;
        NeedsKprobes(Source);
        using var probes = TestObject.Open(Source);

        probes.Attach();
        probes.Global<int>("target_pid").Value = Environment.ProcessId;
        MakeSystemCalls();

        Assert.Equal(KernelFeatures.KprobeMulti.Ask() is Support.Yes, Assert.Single(probes.Links) is KernelLink);
        Assert.Equal(20, probes.Global<long>("entries").Value);
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
    public void A_session_runs_at_entry_and_return_of_kernel_functions()
    {
        const string Source = """
            extern _Bool bpf_session_is_return(void *ctx) __ksym __weak; // newer kernels ask for the context, older ones ignore it
            int target_pid; long entries, returns;
            SEC("kprobe.session/__x64_sys_getpgi?") int both(void *ctx)
            {
                if (bpf_get_current_pid_tgid() >> 32 != target_pid)
                    return 0;
                if (bpf_session_is_return(ctx))
                    returns++;
                else
                    entries++;
                return 0;
            }
            """;
        NeedsKprobes(Source);
        Since(6, 10, "sessions of kprobes");
        using var probes = Load(Source);

        if (Record.Exception(() => probes.Attach()) is BpfException refusal) Assert.Skip(refusal.Message);
        MakeSystemCalls();

        Assert.Equal((20L, 20L), (probes.Global<long>("entries").Value, probes.Global<long>("returns").Value));
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

    [Fact]
    public void One_program_runs_at_entry_and_return_of_a_function()
    {
        const string Source = """
            int target_pid; long runs;
            SEC("fsession/__x64_sys_getpgid") int both(void *ctx) { if (bpf_get_current_pid_tgid() >> 32 == target_pid) runs++; return 0; }
            """;
        TestObject.Read(Source);
        Since(7, 0, "sessions of functions");
        using var hooks = LoadHooks(Source);

        SkipWhenRefused(() => hooks.Attach());
        MakeSystemCalls();

        Assert.Equal(AttachKind.FunctionSession, Assert.Single(hooks.Links).Kind);
        Assert.Equal(40, hooks.Global<long>("runs").Value);
    }

    // Compiles before it skips: a virtual machine has kprobes but no compiler, and takes what the host has compiled.
    private static void NeedsKprobes(string source)
    {
        TestObject.Read(source);
        if (!Directory.Exists("/sys/bus/event_source/devices/kprobe")) Assert.Skip("this kernel has no kprobes");
    }

    private static BpfObject Load(string source)
    {
        var loaded = TestObject.Load(source);
        loaded.Global<int>("target_pid").Value = Environment.ProcessId;
        return loaded;
    }

    private static BpfObject LoadHooks(string source)
    {
        var opened = TestObject.Open(source);
        SkipWhenRefused(() => opened.Load());
        opened.Global<int>("target_pid").Value = Environment.ProcessId;
        return opened;
    }

    /// <summary>Hardened kernels refuse to patch functions; the others must not.</summary>
    private static void SkipWhenRefused(Action action)
    {
        if (Record.Exception(action) is not { } failure) return;
        if (failure is BpfException { Errno: Errno.EPERM }) Assert.Skip(failure.Message);
        System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(failure);
    }

    private static void MakeSystemCalls()
    {
        for (int i = 0; i < 20; i++) _ = GetGroup(0);
    }

    [System.Runtime.InteropServices.DllImport("libc", EntryPoint = "getpgid")]
    private static extern int GetGroup(int pid);
}
