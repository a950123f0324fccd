// SPDX-License-Identifier: MIT
// Both sides of a program in one file: how many system calls each process makes in three seconds.
//
//   sudo dotnet run samples/csharp/syscalls.cs
#:package Ruche.Bpf.Build@0.1.0
#:property PublishAot=false

using var counter = SyscallsObject.Load();
counter.Attach();
await Task.Delay(TimeSpan.FromSeconds(3));
foreach (var (process, count) in counter.Counts) Console.WriteLine($"PID {process}: {count} syscalls");

[BpfObject]
static class Syscalls
{
    [BpfMap(MaxEntries = 10240)] static readonly BpfHashMap<uint, ulong> Counts = default;

    [Tracepoint("raw_syscalls", "sys_enter")]
    static int OnEnter(in SysEnterContext call)
    {
        ref ulong count = ref Counts.LookupOrAdd(Bpf.CurrentProcessId, 0);
        if (!Bpf.IsNull(ref count)) Interlocked.Increment(ref count);
        return 0;
    }
}
