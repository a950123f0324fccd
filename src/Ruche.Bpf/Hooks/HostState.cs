// SPDX-License-Identifier: MIT
using System.Globalization;
using Ruche.Bpf.Kernel;
using Ruche.Bpf.Loading;
using ProcessCapabilities = Ruche.Bpf.Kernel.Capabilities;

namespace Ruche.Bpf.Hooks;

/// <summary>What decides on this host, beside the kernel's features, what BPF can do: privilege, mounts, settings.</summary>
public sealed record HostState
{
    private const string KernelTypesImage = "/sys/kernel/btf/vmlinux";

    private static readonly string[] Options =
    [
        "CONFIG_BPF_SYSCALL", "CONFIG_BPF_JIT", "CONFIG_BPF_EVENTS", "CONFIG_DEBUG_INFO_BTF", "CONFIG_KPROBES", "CONFIG_UPROBES", "CONFIG_FTRACE_SYSCALLS",
        "CONFIG_FPROBE", "CONFIG_BPF_LSM", "CONFIG_CGROUP_BPF", "CONFIG_NET_CLS_BPF", "CONFIG_NET_SCH_INGRESS", "CONFIG_XDP_SOCKETS", "CONFIG_NETKIT",
        "CONFIG_BPF_STREAM_PARSER", "CONFIG_SCHED_CLASS_EXT", "CONFIG_BPF_KPROBE_OVERRIDE",
    ];

    /// <summary>The kernel's release, as <c>uname -r</c> says it.</summary>
    public required string Release { get; init; }

    /// <summary>Capabilities that BPF asks for, by name, and whether this process has them.</summary>
    public required IReadOnlyDictionary<string, bool> Capabilities { get; init; }

    /// <summary>Where the kernel's own types are; null when it was built without.</summary>
    public string? KernelTypes { get; init; }

    /// <summary>Where the BPF file system is mounted; null when it is not. Ruche mounts it when it needs it.</summary>
    public string? BpfFileSystem { get; init; }

    /// <summary>Where tracefs is mounted; null when it is not. Ruche mounts it when it needs it.</summary>
    public string? TraceFileSystem { get; init; }

    /// <summary>Where the cgroup v2 hierarchy is mounted; null when it is not.</summary>
    public string? Cgroup2 { get; init; }

    /// <summary><c>none</c>, <c>integrity</c> or <c>confidentiality</c>; null when the kernel does not say.</summary>
    public string? Lockdown { get; init; }

    /// <summary>The active security modules; empty when the kernel does not say.</summary>
    public IReadOnlyList<string> SecurityModules { get; init; } = [];

    /// <summary>Whether programs are compiled to machine code; null when the kernel does not say.</summary>
    public bool? IsJitEnabled { get; init; }

    /// <summary>Whether processes without privilege may load programs; null when the kernel does not say.</summary>
    public bool? IsUnprivilegedAllowed { get; init; }

    /// <summary>The most memory this process may lock, which kernels before 5.11 charge maps and programs to; null for no limit.</summary>
    public ulong? LockedMemoryLimit { get; init; }

    /// <summary>Where the kernel's build configuration can be read; empty when nowhere.</summary>
    public string ConfigurationSource { get; init; } = "";

    /// <summary>Build options that BPF features depend on, with their text; null for those that are not set. Empty without a source.</summary>
    public IReadOnlyDictionary<string, string?> Configuration { get; init; } = new Dictionary<string, string?>();

    /// <summary>Whether maps and programs are charged to <see cref="LockedMemoryLimit"/>.</summary>
    public static bool IsLockedMemoryCharged => RlimitMemlock.IsCharged;

    /// <summary>Looks at the host.</summary>
    public static HostState Read()
    {
        var config = KernelConfig.Read("");
        return new()
        {
            Release = File.ReadAllText("/proc/sys/kernel/osrelease").Trim(),
            Capabilities = new Dictionary<string, bool>
            {
                ["CAP_BPF"] = ProcessCapabilities.Has(ProcessCapabilities.Bpf) || ProcessCapabilities.Has(ProcessCapabilities.SysAdmin),
                ["CAP_PERFMON"] = ProcessCapabilities.Has(ProcessCapabilities.PerfMon) || ProcessCapabilities.Has(ProcessCapabilities.SysAdmin),
                ["CAP_NET_ADMIN"] = ProcessCapabilities.Has(ProcessCapabilities.NetAdmin),
                ["CAP_SYS_ADMIN"] = ProcessCapabilities.Has(ProcessCapabilities.SysAdmin),
                ["CAP_SYS_RESOURCE"] = ProcessCapabilities.Has(ProcessCapabilities.SysResource),
            },
            KernelTypes = File.Exists(KernelTypesImage) ? KernelTypesImage : null,
            BpfFileSystem = MountTable.Find("bpf"),
            TraceFileSystem = MountTable.Find("tracefs"),
            Cgroup2 = KernelFileSystems.Cgroup2(),
            Lockdown = Kernel.Lockdown.Mode(),
            SecurityModules = Text("/sys/kernel/security/lsm")?.Split(',') ?? [],
            IsJitEnabled = Number("/proc/sys/net/core/bpf_jit_enable") is { } jit ? jit != 0 : null,
            IsUnprivilegedAllowed = Number("/proc/sys/kernel/unprivileged_bpf_disabled") is { } disabled ? disabled == 0 : null,
            LockedMemoryLimit = RlimitMemlock.Limit(),
            ConfigurationSource = config.Source,
            Configuration = config.Source.Length == 0 ? new Dictionary<string, string?>() : Options.ToDictionary(name => name, name => config[name]),
        };
    }

    private static int? Number(string path) =>
        int.TryParse(Text(path), NumberStyles.Integer, CultureInfo.InvariantCulture, out int number) ? number : null;

    private static string? Text(string path)
    {
        try
        {
            return File.ReadAllText(path).Trim();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
