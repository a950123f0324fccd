// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;

namespace Ruche.Bpf.Kernel;

/// <summary>A CPU in a map: <c>struct bpf_cpumap_val</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
public readonly struct CpuMapValue
{
    /// <summary>How many packets may wait for it.</summary>
    public readonly uint QueueSize;

    /// <summary>The id of the program that sees packets there, or 0.</summary>
    public readonly uint ProgramId;
}
