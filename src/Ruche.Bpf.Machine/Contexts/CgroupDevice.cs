// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;

namespace Ruche.Bpf.Machine.Contexts;

/// <summary>The context of programs that permit devices, <c>struct bpf_cgroup_dev_ctx</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
public struct CgroupDevice
{
    /// <summary>What is wanted (upper half) of what kind of device (lower half).</summary>
    public uint AccessType;

    /// <summary>The major number.</summary>
    public uint Major;

    /// <summary>The minor number.</summary>
    public uint Minor;
}
