// SPDX-License-Identifier: MIT
using System.CommandLine;
using Ruche.Cli.Bpf.Words;

namespace Ruche.Cli.Bpf.Network;

/// <summary>Describes <c>ruche bpf net …</c>.</summary>
internal static class NetworkCommands
{
    /// <summary>The group.</summary>
    public static Command Create() => WordCommand.Group("bpf net", "Programs in the network stack", "show", Show("show"), Show("list"),
        WordCommand.Create("bpf net attach", "Attach a program to an interface; it stays until it is detached", AttachToInterface.AttachSyntax, "xdpgeneric name count_packets dev eth0", AttachToInterface.Attach),
        WordCommand.Create("bpf net detach", "Detach the XDP program of an interface, or the last of another hook", AttachToInterface.DetachSyntax, "xdpgeneric dev eth0", AttachToInterface.Detach));

    private static Command Show(string name) => WordCommand.Create($"bpf net {name}",
        "List XDP, tcx, netkit and clsact programs by interface, then flow dissector, socket lookup and netfilter programs", "[dev NAME]", "dev eth0", ShowNetwork.Run, BpfOptions.Output);
}
