// SPDX-License-Identifier: MIT
using Ruche.Bpf.Kernel.Lowering;

namespace Ruche.Bpf.Kernel;

/// <content>Control groups that programs hold.</content>
public static unsafe partial class Bpf
{
    /// <summary>Keeps a control group from going away; a null reference when it is about to. Must be released. Since 6.2.</summary>
    [Kfunc("bpf_cgroup_acquire")]
    public static ref TCgroup CgroupAcquire<TCgroup>(ref readonly TCgroup cgroup)
        where TCgroup : unmanaged => throw KernelOnly.Call;

    /// <summary>Gives a control group back. Since 6.2.</summary>
    [Kfunc("bpf_cgroup_release")]
    public static void CgroupRelease<TCgroup>(ref readonly TCgroup cgroup)
        where TCgroup : unmanaged => throw KernelOnly.Call;

    /// <summary>The control group above one, at a level; a null reference when there is none. Must be released. Since 6.2.</summary>
    [Kfunc("bpf_cgroup_ancestor")]
    public static ref TCgroup CgroupAncestor<TCgroup>(ref readonly TCgroup cgroup, int level)
        where TCgroup : unmanaged => throw KernelOnly.Call;

    /// <summary>A control group by its id; a null reference when there is none. Must be released. Since 6.4.</summary>
    [Kfunc("bpf_cgroup_from_id")]
    public static ref TCgroup CgroupFromId<TCgroup>(ulong id)
        where TCgroup : unmanaged => throw KernelOnly.Call;

    /// <summary>Reads an extended attribute of a control group. Returns its length. Since 6.17.</summary>
    [Kfunc("bpf_cgroup_read_xattr")]
    public static int CgroupReadXattr<TCgroup>(ref readonly TCgroup cgroup, byte* name, ref Dynptr value)
        where TCgroup : unmanaged => throw KernelOnly.Call;

    /// <summary>Says that a control group's statistics have changed on a CPU. Since 6.16.</summary>
    [Kfunc("css_rstat_updated")]
    public static void CssRstatUpdated<TState>(ref readonly TState css, int cpu)
        where TState : unmanaged => throw KernelOnly.Call;

    /// <summary>Sums up a control group's statistics. Since 6.16; may sleep.</summary>
    [Kfunc("css_rstat_flush")]
    public static void CssRstatFlush<TState>(ref readonly TState css)
        where TState : unmanaged => throw KernelOnly.Call;
}
