// SPDX-License-Identifier: MIT
// Keeps a port shut but to those who have knocked at three others in order.
//
//   sudo dotnet run --project samples/csharp/PortKnock -- eth0 22 7001 8002 9003
using Samples;

if (args is not [string device, .. string[] numbers] || numbers.Length != 4 || numbers.Any(n => !ushort.TryParse(n, out _)))
{
    Console.Error.WriteLine("usage: PortKnock INTERFACE GUARDED-PORT FIRST SECOND THIRD");
    return 2;
}

ushort[] ports = [.. numbers.Select(ushort.Parse)];
using var guard = PortKnockObject.Open();
(guard.Guarded, guard.First, guard.Second, guard.Third) = (ports[0], ports[1], ports[2], ports[3]);
guard.Attach(new() { Interface = device });
Console.WriteLine($"Port {guard.Guarded} on {device} is shut but to those who knock; Ctrl-C to stop");
HashSet<string> welcomed = [];
while (true)
{
    await Task.Delay(TimeSpan.FromMilliseconds(200));
    foreach (var (source, visitor) in guard.Visitors)
    {
        if (visitor.OpenUntil != 0 && welcomed.Add($"{source} {visitor.OpenUntil}")) Console.WriteLine($"{source} has knocked");
    }
}
