// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;

namespace Ruche.Bpf.Kernel;

/// <summary>A counter: <c>struct bpf_perf_event_value</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
public readonly struct PerfEventValue
{
    /// <summary>How far it has counted.</summary>
    public readonly ulong Counter;

    /// <summary>For how many nanoseconds it was on.</summary>
    public readonly ulong Enabled;

    /// <summary>For how many of them it has counted.</summary>
    public readonly ulong Running;
}
