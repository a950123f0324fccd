// SPDX-License-Identifier: MIT
// How long connections take that this host opens; only those above some milliseconds, when said.
//
//   sudo dotnet run --project samples/csharp/TcpConnectLatency -- [MILLISECONDS]
using Samples;

using var probe = TcpConnectLatencyObject.Open();
if (args is [string least]) probe.LeastNanoseconds = (ulong)(double.Parse(least) * 1_000_000);
probe.Attach();
Console.WriteLine($"{"PID",-8} {"COMMAND",-16} {"LOCAL",-24} {"REMOTE",-24} {"ms",9}");
await foreach (Connected connected in probe.Events.ReadAllAsync())
{
    string local = $"{connected.Local}:{connected.LocalPort}", remote = $"{connected.Remote}:{connected.RemotePort}";
    Console.WriteLine($"{connected.ProcessId,-8} {connected.Command,-16} {local,-24} {remote,-24} {connected.Nanoseconds / 1e6,9:F3}");
}
