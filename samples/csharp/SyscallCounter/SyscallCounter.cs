// SPDX-License-Identifier: MIT
using Ruche.Bpf.Kernel;

namespace Samples;

/// <summary>Counts the system calls of every process.</summary>
[BpfObject]
public static class SyscallCounter
{
    /// <summary>How many calls each process made, by process id.</summary>
    [BpfMap(MaxEntries = 10240)]
    private static readonly BpfHashMap<uint, ulong> Counts = default;

    [Tracepoint("raw_syscalls", "sys_enter")]
    public static int OnEnter(in SysEnterContext context)
    {
        // The upper half is what user space calls the process id, the lower half the thread id.
        uint process = (uint)(Bpf.GetCurrentPidTgid() >> 32);
        ref ulong count = ref Counts.LookupOrAdd(process, 0);
        if (!Bpf.IsNull(ref count)) Interlocked.Increment(ref count);
        return 0;
    }
}
