// SPDX-License-Identifier: MIT
// Lets no destination have more than some bytes a second. The interface needs the queue that keeps packets until their time:
//
//   sudo tc qdisc replace dev eth0 root fq
//   sudo dotnet run --project samples/csharp/TrafficShaper -- eth0 1250000
using Samples;

if (args is not [string device, string rate] || !ulong.TryParse(rate, out ulong bytesPerSecond))
{
    Console.Error.WriteLine("usage: TrafficShaper INTERFACE BYTES-PER-SECOND");
    return 2;
}

using var shaper = TrafficShaperObject.Open();
shaper.BytesPerSecond = bytesPerSecond;
shaper.Attach(new() { Interface = device });
Console.WriteLine($"Shaping {device} to {bytesPerSecond} bytes a second for each destination; Ctrl-C to stop");
while (true)
{
    await Task.Delay(TimeSpan.FromSeconds(1));
    ulong sent = 0, dropped = 0;
    foreach (Shaped cpu in shaper.Totals[0])
    {
        sent += cpu.Sent;
        dropped += cpu.Dropped;
    }

    Console.WriteLine($"{sent} sent, {dropped} dropped");
}
