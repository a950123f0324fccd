// SPDX-License-Identifier: MIT
// Offers a congestion control for TCP, and tells how many connections use it. A connection chooses it by its name (TCP_CONGESTION), or all do:
// sysctl net.ipv4.tcp_congestion_control=ruche_aimd
//
//   sudo dotnet run --project samples/csharp/CongestionControl
using Samples;

using var control = CongestionControlObject.Load();
control.Attach();
Console.WriteLine($"Connections may use {CongestionControl.Name}; Ctrl-C to stop");
for (ulong told = 0; ; await Task.Delay(TimeSpan.FromSeconds(1)))
{
    if (control.Connections == told) continue;
    told = control.Connections;
    Console.WriteLine($"{told} connections used {CongestionControl.Name}; after losses, {control.Losses} windows were halved");
}
