// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Kernel;

/// <summary>Finds the kernel's file systems that BPF needs, and mounts them where they belong when nobody has.</summary>
internal static class KernelFileSystems
{
    private static string? s_tracing;

    /// <summary>The BPF file system, which holds pins; mounted at <c>/sys/fs/bpf</c> when missing.</summary>
    /// <exception cref="BpfException">It is not mounted and the process may not mount it.</exception>
    public static string Bpf() => FindOrMount("bpf", "/sys/fs/bpf");

    /// <summary>The trace file system; mounted at <c>/sys/kernel/tracing</c> when missing. Where it is, is found once: every trace point is looked up there.</summary>
    /// <exception cref="BpfException">It is not mounted and the process may not mount it.</exception>
    public static string Tracing() => s_tracing ??= FindOrMount("tracefs", "/sys/kernel/tracing");

    /// <summary>The root of the cgroup v2 hierarchy; null when it is not mounted.</summary>
    public static string? Cgroup2() => MountTable.Find("cgroup2");

    private static string FindOrMount(string type, string place)
    {
        if (MountTable.Find(type) is { } found) return found;
        if (Libc.Mount(type, place, type, 0, null) == 0) return place;

        // EBUSY: somebody else mounted it there in the meantime.
        Errno errno = Failure.LastErrno;
        return errno is Errno.EBUSY && MountTable.Find(type) is { } mounted
            ? mounted
            : throw new BpfException($"mount {type} at {place}", errno, $"ask root for: mount -t {type} {type} {place}");
    }
}
