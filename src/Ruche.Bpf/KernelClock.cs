// SPDX-License-Identifier: MIT
using Ruche.Bpf.Kernel;

namespace Ruche.Bpf;

/// <summary>The clocks that programs read (<c>bpf_ktime_get_boot_ns</c> and others), in nanoseconds.</summary>
public static unsafe class KernelClock
{
    private const int Realtime = 0;
    private const int BootTime = 7;

    /// <summary>The time since the host was started, sleep included.</summary>
    public static ulong SinceBoot => Read(BootTime);

    /// <summary>When the host was started, in nanoseconds since 1970 in UTC, by its clock of now.</summary>
    public static long BootedAt => (long)(Read(Realtime) - Read(BootTime));

    private static ulong Read(int clock)
    {
        const ulong NanosecondsPerSecond = 1_000_000_000;
        long* time = stackalloc long[2];

        // SAFETY: the kernel fills a struct of two words on this stack frame; these clocks are always there.
        _ = Libc.ClockGetTime(clock, time);
        return ((ulong)time[0] * NanosecondsPerSecond) + (ulong)time[1];
    }
}
