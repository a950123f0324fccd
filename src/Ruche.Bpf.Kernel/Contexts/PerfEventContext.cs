// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;

namespace Ruche.Bpf.Kernel;

/// <summary>What a program of a performance counter is given: <c>struct bpf_perf_event_data</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
public readonly struct PerfEventContext
{
    /// <summary>The registers at that moment.</summary>
    public readonly PtRegs Registers;

    /// <summary>How far the counter counts.</summary>
    public readonly ulong SamplePeriod;

    /// <summary>The address that the event is about, where it is about one.</summary>
    public readonly ulong Address;
}
