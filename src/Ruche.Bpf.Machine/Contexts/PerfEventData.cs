// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;

namespace Ruche.Bpf.Machine.Contexts;

/// <summary>The context of programs on perf events on x64, <c>struct bpf_perf_event_data</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
public struct PerfEventData
{
    /// <summary>The registers.</summary>
    public PtRegs Regs;

    /// <summary>The period of the samples.</summary>
    public ulong SamplePeriod;

    /// <summary>The address that the sample is about.</summary>
    public ulong Addr;
}
