// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Hooks;

/// <summary>The hooks of the kernel, and which of them this one has: found out by attaching, never by its version.</summary>
public static class KernelHooks
{
    // Rarely called, and in every kernel: attaching a program there for a moment is not noticed.
    private const string Function = "vfs_fsync_range";
    private const string UserFunction = "libc.so.6:getppid";

    /// <summary>Every hook, by subject.</summary>
    public static IReadOnlyList<KernelHook> All { get; } =
    [
        new("tracepoint", "tracepoint/sched/sched_process_exit", new(4, 7), "tracing kernel events by their formatted records"),
        new("raw_tp", "raw_tp/sched_process_exit", new(4, 17), "tracing kernel events by their raw arguments"),
        new("tp_btf", "tp_btf/sched_process_exit", new(5, 5), "tracing kernel events with typed arguments") { Fallback = "raw_tp" },
        new("kprobe", $"kprobe/{Function}", new(4, 1), "tracing kernel functions") { Fallback = "tracepoint" },
        new("kretprobe", $"kretprobe/{Function}", new(4, 1), "tracing what kernel functions return") { Fallback = "tracepoint" },
        new("kprobe.multi", $"kprobe.multi/{Function}", new(5, 18), "tracing thousands of kernel functions at once") { Fallback = "kprobe" },
        new("kprobe.session", $"kprobe.session/{Function}", new(6, 10), "pairing entry and return of kernel functions") { Fallback = "kprobe" },
        new("fentry", $"fentry/{Function}", new(5, 5), "tracing kernel functions at the lowest cost") { Fallback = "kprobe" },
        new("fexit", $"fexit/{Function}", new(5, 5), "tracing arguments and results of kernel functions together") { Fallback = "kretprobe" },
        new("fentry.multi", $"fentry.multi/{Function}", new(7, 2), "tracing thousands of kernel functions at the lowest cost") { Fallback = "kprobe.multi" },
        new("fsession", $"fsession/{Function}", new(7, 0), "pairing entry and return of kernel functions at the lowest cost") { Fallback = "kprobe.session" },
        new("fmod_ret", "fmod_ret/security_file_mprotect", new(5, 7), "changing what kernel functions return"),
        new("lsm", "lsm/file_mprotect", new(5, 7), "enforcing security policies in the kernel"),
        new("lsm_cgroup", "lsm_cgroup/socket_bind", new(6, 0), "enforcing security policies for one cgroup") { Fallback = "lsm" },
        new("uprobe", $"uprobe/{UserFunction}", new(4, 3), "tracing user-space functions"),
        new("uretprobe", $"uretprobe/{UserFunction}", new(4, 3), "tracing what user-space functions return"),
        new("uprobe.multi", $"uprobe.multi/{UserFunction}", new(6, 6), "tracing many user-space functions at once") { Fallback = "uprobe" },
        new("uprobe.session", $"uprobe.session/{UserFunction}", new(6, 13), "pairing entry and return of user-space functions") { Fallback = "uprobe" },
        new("perf_event", "perf_event", new(4, 9), "profiling by sampling"),
        new("iter", "iter/task", new(5, 8), "walking kernel objects"),
        new("xdp", "xdp", new(4, 8), "filtering and balancing packets before the network stack"),
        new("tcx", "tcx/ingress", new(6, 6), "filtering packets beside other programs") { Fallback = "clsact" },
        new("clsact", "tc", new(4, 5), "filtering packets on kernels without tcx") { IsClassifier = true },
        new("netfilter", "netfilter", new(6, 4), "filtering packets beside nftables") { Fallback = "tcx" },
        new("flow_dissector", "flow_dissector", new(4, 20), "taking headers apart in the kernel's place"),
        new("sk_lookup", "sk_lookup", new(5, 9), "choosing the socket that accepts a connection"),
        new("socket", "socket", new(3, 19), "filtering what one socket receives"),
        new("sk_msg", "sk_msg", new(4, 17), "redirecting what sockets send"),
        new("sk_skb", "sk_skb/stream_verdict", new(4, 14), "redirecting what sockets receive"),
        new("sock_ops", "sockops", new(4, 13), "watching and tuning TCP connections"),
        new("cgroup_skb", "cgroup_skb/ingress", new(4, 10), "filtering packets of a cgroup"),
        new("cgroup_sock", "cgroup/sock_create", new(4, 10), "deciding which sockets a cgroup may make"),
        new("cgroup_sock_addr", "cgroup/connect4", new(4, 17), "deciding and rewriting where a cgroup connects"),
        new("cgroup_sockopt", "cgroup/getsockopt", new(5, 3), "seeing and changing socket options of a cgroup"),
        new("cgroup_sysctl", "cgroup/sysctl", new(5, 2), "deciding which settings a cgroup may change"),
        new("cgroup_device", "cgroup/dev", new(4, 15), "deciding which devices a cgroup may use"),
        new("syscall", "syscall", new(5, 14), "running programs on request"),
    ];

    /// <summary>
    /// Attaches a program that does nothing to each hook and detaches it, in a network namespace and a cgroup made for this. Nothing
    /// of the host is touched but a kernel function, a trace point and a function of the C library, for a moment each.
    /// </summary>
    public static IReadOnlyList<HookTrial> TryAll() => Try(All);

    /// <summary>As <see cref="TryAll"/>, for some hooks.</summary>
    public static IReadOnlyList<HookTrial> Try(IEnumerable<KernelHook> hooks)
    {
        ArgumentNullException.ThrowIfNull(hooks);
        HookTrial[] trials = [];
        Thread thread = new(() =>
        {
            using HookWorkbench workbench = new();
            trials = [.. hooks.Select(workbench.Try)];
        });
        thread.Start();
        thread.Join();
        return trials;
    }
}
