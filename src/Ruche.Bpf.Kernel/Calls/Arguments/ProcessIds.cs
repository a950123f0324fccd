// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;

namespace Ruche.Bpf.Kernel;

/// <summary>Ids in a PID namespace: <c>struct bpf_pidns_info</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
public readonly struct ProcessIds
{
    /// <summary>The thread's.</summary>
    public readonly uint Thread;

    /// <summary>The process's.</summary>
    public readonly uint Process;
}
