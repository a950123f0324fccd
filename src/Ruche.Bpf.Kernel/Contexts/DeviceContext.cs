// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;

namespace Ruche.Bpf.Kernel;

/// <summary>A device that a control group is about to use: <c>struct bpf_cgroup_dev_ctx</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
public readonly struct DeviceContext
{
    private readonly uint _accessType;

    /// <summary>The device's major number.</summary>
    public readonly uint Major;

    /// <summary>Its minor number.</summary>
    public readonly uint Minor;

    /// <summary>What is to be done with it.</summary>
    public DeviceAccess Access => (DeviceAccess)(_accessType >> 16);

    /// <summary>Whether it is a character device; a block device when not.</summary>
    public bool IsCharacterDevice => (_accessType & 0xffff) == 2;
}
