// SPDX-License-Identifier: MIT
using Ruche.Bpf.Kernel.Lowering;

namespace Ruche.Bpf.Kernel;

/// <content>Clocks.</content>
public static unsafe partial class Bpf
{
    /// <summary>Nanoseconds since the host was started, suspensions left out. All programs; 4.1.</summary>
    [Helper(5)]
    public static ulong KtimeGetNs() => throw KernelOnly.Call;

    /// <summary>Nanoseconds since the host was started, suspensions included. All programs; 5.8.</summary>
    [Helper(125)]
    public static ulong KtimeGetBootNs() => throw KernelOnly.Call;

    /// <summary>As <see cref="KtimeGetNs"/>, cheaper, and no finer than a tick. Networking; 5.11.</summary>
    [Helper(160)]
    public static ulong KtimeGetCoarseNs() => throw KernelOnly.Call;

    /// <summary>Nanoseconds of international atomic time, which has no leap seconds. All programs; 6.1.</summary>
    [Helper(208)]
    public static ulong KtimeGetTaiNs() => throw KernelOnly.Call;

    /// <summary>Ticks of the kernel since the host was started. All programs; 5.6.</summary>
    [Helper(118)]
    public static ulong Jiffies64() => throw KernelOnly.Call;

    /// <summary>Makes a timer in a value of the map ready; the flags are the clock, such as 1 for CLOCK_MONOTONIC. All but tracing; 5.15; GPL.</summary>
    [Helper(169)]
    public static long TimerInit<TMap>(ref BpfTimer timer, TMap map, ulong flags)
        where TMap : unmanaged => throw KernelOnly.Call;

    /// <summary>Says what a timer calls. All but tracing; 5.15; GPL.</summary>
    [Helper(170)]
    public static long TimerSetCallback(ref BpfTimer timer, void* callbackFn) => throw KernelOnly.Call;

    /// <summary>Sets a timer to go off after some nanoseconds; flag 1: at that time (6.4), flag 2: on this CPU (6.7). All but tracing; 5.15; GPL.</summary>
    [Helper(171)]
    public static long TimerStart(ref BpfTimer timer, ulong nsecs, ulong flags) => throw KernelOnly.Call;

    /// <summary>Stops a timer and waits for its callback to end. Returns 1 when it was set, 0 when not. All but tracing; 5.15; GPL.</summary>
    [Helper(172)]
    public static long TimerCancel(ref BpfTimer timer) => throw KernelOnly.Call;
}
