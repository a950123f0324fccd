using Name1;

if (args is not [string device, .. string[] ports] || ports.Length == 0)
{
    Console.Error.WriteLine("usage: Name1 INTERFACE PORT…");
    return 2;
}

using var filter = FilterObject.Load();
foreach (string port in ports) filter.Blocked[ushort.Parse(port)] = 0;
filter.Attach(new() { Interface = device });
Console.WriteLine($"Dropping packets to {string.Join(", ", ports)} on {device}; Ctrl-C to stop");
while (true)
{
    await Task.Delay(TimeSpan.FromSeconds(1));
    foreach (var (port, dropped) in filter.Blocked) Console.WriteLine($"{port}: {dropped} dropped");
}
