// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;

namespace Ruche.Bpf.Machine.Contexts;

/// <summary>The context of programs on system settings, <c>struct bpf_sysctl</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
public struct Sysctl
{
    /// <summary>1 when the setting is written, 0 when it is read.</summary>
    public uint Write;

    /// <summary>Where in the file.</summary>
    public uint FilePos;
}
