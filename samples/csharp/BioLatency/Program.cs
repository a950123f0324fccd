// SPDX-License-Identifier: MIT
// How long disks take, drawn every second.
//
//   sudo dotnet run --project samples/csharp/BioLatency
using Samples;

using var probe = BioLatencyObject.Load();
probe.Attach();
Console.WriteLine("Measuring disks; Ctrl-C to stop");
while (true)
{
    await Task.Delay(TimeSpan.FromSeconds(1));
    ulong most = probe.Slots.Max();
    for (int slot = 0; slot < probe.Slots.Length; slot++)
    {
        ulong count = probe.Slots[slot];
        if (count > 0) Console.WriteLine($"{1UL << slot,10} us {count,8} |{new string('@', (int)(count * 40 / most)),-40}|");
    }

    Console.WriteLine();
}
