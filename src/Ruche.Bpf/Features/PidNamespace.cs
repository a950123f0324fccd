// SPDX-License-Identifier: MIT
using Ruche.Bpf.Kernel;

namespace Ruche.Bpf.Features;

/// <summary>A namespace of process numbers, as <c>bpf_get_ns_current_pid_tgid</c> wants it named.</summary>
/// <param name="Device">The device of the file that stands for it.</param>
/// <param name="Inode">The number of that file.</param>
public sealed record PidNamespace(ulong Device, ulong Inode)
{
    // PROC_PID_INIT_INO of Linux.
    private const ulong Initial = 0xEFFFFFFC;

    /// <summary>The one that this process is in; null for the first of the system, whose numbers programs see anyway.</summary>
    public static PidNamespace? Own { get; } = Read();

    private static PidNamespace? Read() => FilePlace.Of("/proc/self/ns/pid") is { Inode: not Initial } place ? new(((ulong)place.Major << 20) | place.Minor, place.Inode) : null;
}
