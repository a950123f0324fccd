// SPDX-License-Identifier: MIT
// Limits how many packets a second each source may send to an interface; networks that are named may send what they like.
//
//   sudo dotnet run --project samples/csharp/RateLimit -- eth0 1000 10.0.0.0/8 2001:db8::/32
using System.Net;
using System.Net.Sockets;
using Ruche.Bpf.Kernel;
using Samples;

if (args is not [string device, string limit, .. string[] networks] || !ulong.TryParse(limit, out ulong packetsPerSecond))
{
    Console.Error.WriteLine("usage: RateLimit INTERFACE PACKETS-PER-SECOND [EXEMPT-NETWORK…]");
    return 2;
}

using var filter = RateLimitObject.Open();
filter.PacketsPerWindow = packetsPerSecond;
filter.Object.Load();
foreach (IPNetwork network in networks.Select(IPNetwork.Parse))
{
    int mapped = network.BaseAddress.AddressFamily is AddressFamily.InterNetwork ? 96 : 0;
    filter.Exempt.Update(IPv6Address.FromIPAddress(network.BaseAddress), mapped + network.PrefixLength, 1);
}

filter.Attach(new() { Interface = device });
Console.WriteLine($"Passing {packetsPerSecond} packets a second of each source on {device}; Ctrl-C to stop");
while (true)
{
    await Task.Delay(TimeSpan.FromSeconds(1));
    foreach (var (source, window) in filter.Sources)
    {
        if (window.Dropped > 0) Console.WriteLine($"{source}: {window.Dropped} dropped");
    }
}
