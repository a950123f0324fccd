// SPDX-License-Identifier: MIT
// Counts system calls by process for three seconds, with an object that clang made of samples/c/syscall_tracer.bpf.c.
//
//   sudo dotnet run --project samples/csharp/CountSyscalls -- syscall_tracer.bpf.o
using Ruche.Bpf.Loading;

using var tracer = BpfObject.Open(args[0]);
tracer.Prepare();
tracer.Load();
tracer.Attach();

await Task.Delay(TimeSpan.FromSeconds(3));
foreach (var (pid, count) in tracer.HashMap<uint, ulong>("syscall_count"))
    Console.WriteLine($"PID {pid}: {count} syscalls");
