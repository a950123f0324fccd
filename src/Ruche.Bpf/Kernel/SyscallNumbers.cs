// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;

namespace Ruche.Bpf.Kernel;

/// <summary>Numbers of the system calls that the C library does not wrap, on this processor.</summary>
internal static class SyscallNumbers
{
    /// <summary>pidfd_open(2): the same everywhere, as for all newer calls.</summary>
    public const nint PidFdOpen = 434;

    /// <summary>bpf(2).</summary>
    public static readonly nint Bpf = RuntimeInformation.ProcessArchitecture switch
    {
        Architecture.X64 => 321,
        Architecture.S390x => 351,
        Architecture.Ppc64le => 361,
        _ => 280, // the generic table: arm64, riscv64, loongarch64
    };

    /// <summary>perf_event_open(2).</summary>
    public static readonly nint PerfEventOpen = RuntimeInformation.ProcessArchitecture switch
    {
        Architecture.X64 => 298,
        Architecture.S390x => 331,
        Architecture.Ppc64le => 319,
        _ => 241,
    };
}
