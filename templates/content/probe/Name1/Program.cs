using Name1;

using var probe = ProbeObject.Open();
if (args is [string process]) probe.Process = uint.Parse(process);
probe.Attach();
Console.WriteLine($"{"PID",-8} {"COMMAND",-16} FILE");
await foreach (OpenEvent opened in probe.Events.ReadAllAsync())
    Console.WriteLine($"{opened.ProcessId,-8} {opened.Command,-16} {opened.File}");
