// SPDX-License-Identifier: MIT
// Who makes the most system calls, every second.
//
//   sudo dotnet run --project samples/csharp/SyscallCounter
using Samples;

using var counter = SyscallCounterObject.Load();
counter.Attach();
Console.WriteLine("Counting system calls; Ctrl-C to stop");
while (true)
{
    await Task.Delay(TimeSpan.FromSeconds(1));
    foreach (var (process, count) in counter.Counts.OrderByDescending(entry => entry.Value).Take(10))
        Console.WriteLine($"PID {process}: {count} syscalls");
    Console.WriteLine();
}
