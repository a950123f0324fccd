// SPDX-License-Identifier: MIT
// What programs send and receive through OpenSSL, in plain text.
//
//   sudo dotnet run --project samples/csharp/OpenSslTrace
using System.Text;
using Samples;

using var probe = OpenSslTraceObject.Load();
probe.Attach();
Console.WriteLine("Listening to OpenSSL; Ctrl-C to stop");
await foreach (PlainText found in probe.Events.ReadAllAsync())
{
    PlainText told = found;
    ReadOnlySpan<byte> start = told.Start.AsSpan()[..Math.Min(told.Length, 256)];
    Console.WriteLine($"{told.Command} ({told.ProcessId}) {(told.Direction is TextDirection.Sent ? "sends" : "receives")} {told.Length} bytes: {Encoding.UTF8.GetString(start).ReplaceLineEndings("\u23CE")}");
}
