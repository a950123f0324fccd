// SPDX-License-Identifier: MIT
using Ruche.Bpf.Features;

namespace Ruche.Bpf.Kernel;

/// <summary>The limit on locked memory, which kernels before 5.11 charge BPF objects to.</summary>
internal static unsafe class RlimitMemlock
{
    private const int Resource = 8;
    private const ulong Infinity = ulong.MaxValue;

    private static readonly Version Uncharged = new(5, 11);
    private static int _raised;

    /// <summary>Raises the limit as far as the process may. Returns whether the first call changed anything; later calls return false.</summary>
    public static bool RaiseOnce() => Interlocked.Exchange(ref _raised, 1) == 0 && Raise();

    /// <summary>Whether this kernel charges BPF objects to the limit.</summary>
    public static bool IsCharged => KernelVersion.Current < Uncharged;

    /// <summary>Whether the kernel charges BPF objects to the limit, and there is one.</summary>
    public static bool IsInTheWay => IsCharged && Limit() is not null;

    /// <summary>The limit in force; null for none.</summary>
    public static ulong? Limit()
    {
        Rlimit now;
        // SAFETY: the structure lives on this stack frame for the duration of the call.
        return Libc.Prlimit(0, Resource, null, &now) != 0 || now.Soft == Infinity ? null : now.Soft;
    }

    private static bool Raise()
    {
        Rlimit old;
        // SAFETY: both structures live on this stack frame for the duration of the calls.
        if (Libc.Prlimit(0, Resource, null, &old) != 0 || old.Soft == Infinity) return false;

        Rlimit unlimited = new() { Soft = Infinity, Hard = Infinity };
        if (Libc.Prlimit(0, Resource, &unlimited, null) == 0) return true;

        // Without CAP_SYS_RESOURCE the hard limit stands.
        Rlimit hard = new() { Soft = old.Hard, Hard = old.Hard };
        return old.Soft != old.Hard && Libc.Prlimit(0, Resource, &hard, null) == 0;
    }
}
