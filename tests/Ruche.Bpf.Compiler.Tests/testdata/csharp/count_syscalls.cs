// SPDX-License-Identifier: MIT
[BpfObject]
public static class SyscallCounter
{
    [BpfMap(MaxEntries = 1024)] static readonly BpfHashMap<uint, ulong> Count = default;

    [Tracepoint("raw_syscalls", "sys_enter")]
    static int OnEnter(ref SysEnterContext context)
    {
        uint pid = (uint)(Bpf.GetCurrentPidTgid() >> 32);
        ref ulong n = ref Count.Lookup(pid);
        if (Bpf.IsNull(ref n)) Count.Update(pid, 1);
        else Interlocked.Increment(ref n);
        return 0;
    }
}
