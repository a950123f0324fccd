// SPDX-License-Identifier: MIT
// Every file that is opened, or could not be; of one process, when it is named.
//
//   sudo dotnet run --project samples/csharp/OpenSnoop -- [PID]
using Samples;

using var probe = OpenSnoopObject.Open();
if (args is [string process]) probe.Process = uint.Parse(process);
probe.Attach();
Console.WriteLine($"{"PID",-8} {"COMMAND",-16} {"RESULT",6} FILE");
await foreach (OpenEvent opened in probe.Events.ReadAllAsync())
    Console.WriteLine($"{opened.ProcessId,-8} {opened.Command,-16} {opened.Result,6} {opened.File}");
