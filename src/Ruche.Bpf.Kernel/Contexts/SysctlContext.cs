// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;

namespace Ruche.Bpf.Kernel;

/// <summary>A setting under <c>/proc/sys</c> that is read or written: <c>struct bpf_sysctl</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
public struct SysctlContext
{
    /// <summary>Whether it is written: 1, or 0.</summary>
    public readonly uint IsWrite;

    /// <summary>Where in its file; a program can change it.</summary>
    public uint Position;
}
