// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Kernel;

/// <summary>The clock of a timer.</summary>
public enum TimerClock : ulong
{
    /// <summary>That of the calendar.</summary>
    Realtime = 0,

    /// <summary>Since the host was started, suspensions left out.</summary>
    Monotonic = 1,

    /// <summary>Since the host was started, suspensions included.</summary>
    Boottime = 7,
}
