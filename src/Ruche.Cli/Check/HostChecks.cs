// SPDX-License-Identifier: MIT
using Ruche.Bpf.Hooks;

namespace Ruche.Cli.Check;

/// <summary>Looks at privilege, mounts and settings.</summary>
internal static class HostChecks
{
    private const string Host = "host";

    public static IEnumerable<CheckRow> Of(HostState host) =>
    [
        new(Host, "kernel", CheckState.Ok, host.Release),
        CheckRow.Of(Host, "types of the kernel (BTF)", host.KernelTypes is not null, host.KernelTypes ?? "not there",
            "programs that adapt to the kernel do not load", "boot a kernel built with CONFIG_DEBUG_INFO_BTF=y", isNeeded: true),
        CheckRow.Of(Host, "compiler (JIT)", host.IsJitEnabled is not false, host.IsJitEnabled is null ? "always on" : host.IsJitEnabled.Value ? "on" : "off",
            "programs run several times slower", "sysctl -w net.core.bpf_jit_enable=1"),
        Lockdown(host),
        CheckRow.Of(Host, "BPF file system", host.BpfFileSystem is not null, host.BpfFileSystem ?? "not mounted",
            "nothing can be pinned until it is mounted", "ruche mounts it when it needs it; or: mount -t bpf bpf /sys/fs/bpf"),
        CheckRow.Of(Host, "tracefs", host.TraceFileSystem is not null, host.TraceFileSystem ?? "not mounted",
            "trace points have no formats until it is mounted", "ruche mounts it when it needs it; or: mount -t tracefs tracefs /sys/kernel/tracing"),
        CheckRow.Of(Host, "cgroup v2", host.Cgroup2 is not null, host.Cgroup2 ?? "not mounted",
            "programs cannot be attached to cgroups", "mount -t cgroup2 none /sys/fs/cgroup/unified, or boot with systemd.unified_cgroup_hierarchy=1"),
        LockedMemory(host),
        .. host.Capabilities.Where(c => c.Key is not "CAP_SYS_RESOURCE").Select(Capability),
        .. host.Configuration.Where(option => option.Value is null).Select(Option),
    ];

    private static CheckRow Lockdown(HostState host) => host.Lockdown is null or "none"
        ? new(Host, "lockdown", CheckState.Ok, host.Lockdown ?? "none")
        : new(Host, "lockdown", CheckState.Refused, host.Lockdown,
            host.Lockdown == "confidentiality" ? "programs may not read kernel memory: no tracing" : "programs may not change user memory", "boot with lockdown=none");

    private static CheckRow LockedMemory(HostState host)
    {
        string limit = host.LockedMemoryLimit is { } bytes ? $"{bytes / 1024:N0} KiB" : "unlimited";
        bool isFine = !HostState.IsLockedMemoryCharged || host.LockedMemoryLimit is null || host.Capabilities["CAP_SYS_RESOURCE"];
        return CheckRow.Of(Host, "locked memory", isFine, HostState.IsLockedMemoryCharged ? limit : $"{limit}, not charged by this kernel",
            "large maps are refused with EPERM", "ulimit -l unlimited, or give CAP_SYS_RESOURCE");
    }

    private static CheckRow Capability(KeyValuePair<string, bool> capability) => CheckRow.Of(
        "capabilities", capability.Key, capability.Value, capability.Value ? "held" : "not held",
        capability.Key switch
        {
            "CAP_BPF" => "no program can be loaded",
            "CAP_PERFMON" => "no tracing program can be loaded",
            "CAP_NET_ADMIN" => "no network program can be attached",
            _ => "objects cannot be listed by id, nor file systems mounted",
        },
        "run as root, or with sudo", isNeeded: capability.Key is "CAP_BPF");

    private static CheckRow Option(KeyValuePair<string, string?> option) => new("configuration", option.Key, CheckState.Missing, option.Key switch
    {
        "CONFIG_BPF_SYSCALL" => "this kernel has no BPF at all",
        "CONFIG_BPF_JIT" => "programs are interpreted",
        "CONFIG_BPF_EVENTS" => "programs cannot be attached to trace points and probes",
        "CONFIG_DEBUG_INFO_BTF" => "the kernel does not tell its types",
        "CONFIG_KPROBES" => "kernel functions cannot be probed",
        "CONFIG_UPROBES" => "user-space functions cannot be probed",
        "CONFIG_FTRACE_SYSCALLS" => "there are no trace points of single system calls; use raw_syscalls",
        "CONFIG_FPROBE" => "kernel functions cannot be probed by the thousand",
        "CONFIG_BPF_LSM" => "security policies cannot be enforced in the kernel",
        "CONFIG_CGROUP_BPF" => "programs cannot be attached to cgroups",
        "CONFIG_NET_CLS_BPF" or "CONFIG_NET_SCH_INGRESS" => "there are no clsact filters",
        "CONFIG_XDP_SOCKETS" => "packets cannot be taken to user space by AF_XDP",
        "CONFIG_NETKIT" => "there are no netkit devices",
        "CONFIG_BPF_STREAM_PARSER" => "socket maps cannot take streams apart",
        "CONFIG_SCHED_CLASS_EXT" => "schedulers cannot be written in BPF",
        _ => "results of kernel functions cannot be overridden",
    });
}
