// SPDX-License-Identifier: MIT
// Drops TCP on an interface, and says every second what came and what became of it.
//
//   sudo dotnet run --project samples/csharp/DropTcp -- eth0
using Ruche.Bpf.Kernel;
using Samples;

if (args is not [string device])
{
    Console.Error.WriteLine("usage: DropTcp INTERFACE");
    return 2;
}

using var filter = DropTcpObject.Load();
filter.Attach(new() { Interface = device });
Console.WriteLine($"Dropping TCP on {device}; Ctrl-C to stop");
while (true)
{
    await Task.Delay(TimeSpan.FromSeconds(1));
    for (int protocol = 0; protocol < filter.ByProtocol.Length; protocol++)
    {
        ulong passed = 0, dropped = 0;
        foreach (Verdicts cpu in filter.ByProtocol[protocol])
        {
            passed += cpu.Passed;
            dropped += cpu.Dropped;
        }

        if (passed + dropped > 0) Console.WriteLine($"{(IPProtocol)protocol}: {passed} passed, {dropped} dropped");
    }
}
