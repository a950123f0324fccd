// SPDX-License-Identifier: MIT
// Every program that is started.
//
//   sudo dotnet run --project samples/csharp/ExecSnoop
using System.Text;
using Samples;

using var probe = ExecSnoopObject.Load();
probe.Attach();
Console.WriteLine($"{"PID",-8} {"PPID",-8} {"UID",-6} {"PARENT",-16} COMMAND");
await foreach (ExecEvent started in probe.Events.ReadAllAsync())
{
    ExecEvent told = started;
    string arguments = Encoding.UTF8.GetString(told.Arguments.AsSpan()[..(int)told.ArgumentsLength]).TrimEnd('\0').Replace('\0', ' ');
    Console.WriteLine($"{told.ProcessId,-8} {told.ParentId,-8} {told.UserId,-6} {told.ParentName,-16} {(arguments.Length > 0 ? arguments : told.File)}");
    if (probe.Lost > 0) Console.Error.WriteLine($"{probe.Lost} more were started while nobody read");
}
